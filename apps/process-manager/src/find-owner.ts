import { setTimeout as delay } from "node:timers/promises";
import { ControlError, connect, nameOwner, ownerByClaim, socketPath } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";
import { limits, workerStateSchema } from "@vj/schema";

const retryMs = 20;

/**
 * The live process that serves a worker's name, or is about to; undefined when there is none.
 * A lock file names it even if it hangs. A process without one (written in another language) is asked on its socket.
 */
export async function findOwner(name: string, busDir: string): Promise<ProcessIdentity | undefined> {
  return nameOwner(busDir, name) ?? (await askForPid(name, busDir));
}

async function askForPid(name: string, busDir: string, attempts = 5): Promise<ProcessIdentity | undefined> {
  try {
    const client = await connect(name, { busDir, reconnect: false });
    try {
      const reply = await client.request("get_state", {}, { timeoutMs: limits.probeMs });
      const pid = workerStateSchema.safeParse(reply.data).data?.pid;
      // While its connection is open, so that the pid is still its own.
      return pid === undefined ? undefined : ownerByClaim(pid, socketPath(name, busDir));
    } finally {
      await client.close();
    }
  } catch (error) {
    // A socket refuses between its owner's bind and listen, which a loaded machine draws out; a dead one goes on refusing.
    if (error instanceof ControlError && error.code === "refused" && attempts > 1) {
      await delay(retryMs);
      return askForPid(name, busDir, attempts - 1);
    }
    // Nobody there, or a process that does not identify itself: a spawn will show which.
    return undefined;
  }
}
