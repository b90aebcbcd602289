import { lstatSync, unlinkSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { ControlError, busDir as defaultBusDir, connect, socketPath, systemErrorCode } from "@vj/control";
import { limits, messageOf, workerStateSchema } from "@vj/schema";
import type { WorkerState } from "@vj/schema";
import type { BusOptions } from "./scan.ts";

/**
 * Result of a probe: `alive` it answered; `silent` it accepts connections but does not answer (busy or stopped; never
 * remove its socket); `dead` it left its socket behind; `absent` it has no socket; `blocked` something else is in its
 * place (never remove it); `unusable` its answer is not the state of a worker, or we have no permission to open it.
 */
export type ProbeResult =
  | { status: "alive"; state: WorkerState }
  | { status: "silent" }
  | { status: "dead" }
  | { status: "absent" }
  | { status: "blocked"; reason: string }
  | { status: "unusable"; reason: string };

const secondTryMs = 20;

/** Result of one attempt; `closed`: the connection ended before the answer. */
type Answer = ProbeResult | { status: "closed"; reason: string };

/** Limits of one look at a worker. */
export interface ProbeOptions extends BusOptions {
  /** Limit for the answer; default 1 s. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks one worker for its state. That a socket accepts proves nothing, so this sends a real `get_state`.
 * @throws ControlError `path` when the name cannot have a socket, `aborted`.
 */
export async function probe(name: string, options: ProbeOptions = {}): Promise<ProbeResult> {
  const first = await ask(name, options);
  if (first.status !== "dead" && first.status !== "closed") return first;
  // The first try may fall between the owner's bind and listen, or meet one that ends; a dead owner fails the second too.
  await delay(secondTryMs);
  const second = await ask(name, options);
  return second.status === "closed" ? { status: "unusable", reason: second.reason } : second;
}

async function ask(name: string, { busDir = defaultBusDir(), timeoutMs = limits.probeMs, signal }: ProbeOptions): Promise<Answer> {
  try {
    const client = await connect(name, { busDir, reconnect: false, signal });
    try {
      const reply = await client.request("get_state", {}, { timeoutMs, signal });
      const state = workerStateSchema.safeParse(reply.data);
      if (state.success) return { status: "alive", state: state.data };
      return { status: "unusable", reason: reply.message ?? "its get_state lacks status or pid" };
    } finally {
      await client.close();
    }
  } catch (error) {
    if (error instanceof ControlError && error.code === "aborted") throw error;
    return resultOf(error, socketPath(name, busDir));
  }
}

/** Connecting to a plain file or a directory is refused as well. Whatever has gone meanwhile was a socket. */
function isSocket(file: string): boolean {
  // As big integers: see `asBigInts` of @vj/control.
  return lstatSync(file, { bigint: true, throwIfNoEntry: false })?.isSocket() ?? true;
}

function resultOf(error: unknown, file: string): Answer {
  if (!(error instanceof ControlError)) return { status: "unusable", reason: messageOf(error) };
  switch (error.code) {
    case "timeout":
      return { status: "silent" };
    case "refused":
      return isSocket(file) ? { status: "dead" } : { status: "blocked", reason: `${file} is in the way and is not a socket: remove it` };
    case "not_found":
      return { status: "absent" };
    case "closed":
      return { status: "closed", reason: error.message };
    default:
      return { status: "unusable", reason: error.message };
  }
}

/**
 * Removes the socket of a worker whose probe returned `dead`, unless a new socket has taken its place.
 * @returns whether it was removed.
 */
export async function removeDead(name: string, { busDir = defaultBusDir() }: BusOptions = {}): Promise<boolean> {
  const file = socketPath(name, busDir);
  try {
    const before = identityOf(file);
    if ((await probe(name, { busDir })).status !== "dead" || identityOf(file) !== before) return false;
    unlinkSync(file);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** Distinguishes a file from one that took its place: file systems give a free inode number to the next file at once, so the time counts too. */
function identityOf(file: string): string {
  const { ino, ctimeNs } = lstatSync(file, { bigint: true });
  return `${ino} ${ctimeNs}`;
}
