import { setTimeout as delay } from "node:timers/promises";
import { ControlError, connect, nameOwner, ownerByClaim, socketPath } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";
import { limits, workerStateSchema } from "@vj/schema";

const retryMs = 20;

/**
 * The live process that serves a worker's name, or is about to; undefined when there is none. It is found by its lock
 * file, even if it hangs. A process without one (written in another language) is asked on its socket.
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
      // Checked while its connection is open, so that the pid still belongs to it.
      return pid === undefined ? undefined : ownerByClaim(pid, socketPath(name, busDir));
    } finally {
      await client.close();
    }
  } catch (error) {
    // A socket refuses between its owner's bind and listen, which takes longer on a loaded machine; a dead one keeps
    // refusing.
    if (error instanceof ControlError && error.code === "refused" && attempts > 1) {
      await delay(retryMs);
      return askForPid(name, busDir, attempts - 1);
    }
    // There is no process, or one that does not identify itself: a spawn will show which.
    return undefined;
  }
}
