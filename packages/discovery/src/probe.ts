import { lstatSync, unlinkSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { ControlError, connect, messageOf, socketPath, systemErrorCode } from "@vj/control";
import { limits, workerStateSchema } from "@vj/schema";
import type { WorkerState } from "@vj/schema";

/**
 * What a probe finds: `alive` answered; `silent` accepts connections but does not answer (busy or stopped, never to be
 * removed); `dead` left its socket behind; `absent` has none; `unusable` answers nonsense or may not be opened.
 */
export type ProbeResult =
  | { status: "alive"; state: WorkerState }
  | { status: "silent" }
  | { status: "dead" }
  | { status: "absent" }
  | { status: "unusable"; reason: string };

const secondTryMs = 20;

/**
 * Asks one worker for its state. A socket that accepts proves nothing, so this is a real `get_state`, within 1 s.
 * @throws ControlError `path` when the name cannot have a socket.
 */
export async function probe(name: string, busDir: string): Promise<ProbeResult> {
  const first = await ask(name, busDir);
  if (first.status !== "dead") return first;
  // A socket can be met between its owner's bind and listen; a dead one stays dead.
  await delay(secondTryMs);
  return ask(name, busDir);
}

async function ask(name: string, busDir: string): Promise<ProbeResult> {
  try {
    const client = await connect(name, { busDir, reconnect: false });
    try {
      const reply = await client.request("get_state", {}, { timeoutMs: limits.probeMs });
      const state = workerStateSchema.safeParse(reply.data);
      if (state.success) return { status: "alive", state: state.data };
      return { status: "unusable", reason: reply.message ?? "its get_state lacks status or pid" };
    } finally {
      client.close();
    }
  } catch (error) {
    return resultOf(error);
  }
}

function resultOf(error: unknown): ProbeResult {
  if (!(error instanceof ControlError)) return { status: "unusable", reason: messageOf(error) };
  switch (error.code) {
    case "timeout":
      return { status: "silent" };
    case "refused":
      return { status: "dead" };
    case "not_found":
    case "closed":
      return { status: "absent" };
    default:
      return { status: "unusable", reason: error.message };
  }
}

/**
 * Removes the socket of a worker whose probe said `dead`, unless a new one has taken its place since.
 * @returns whether it was removed.
 */
export async function removeDead(name: string, busDir: string): Promise<boolean> {
  const file = socketPath(name, busDir);
  try {
    const { ino } = lstatSync(file);
    if ((await probe(name, busDir)).status !== "dead" || lstatSync(file).ino !== ino) return false;
    unlinkSync(file);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return false;
    throw error;
  }
}
