import { fieldsOf, isFields } from "@vj/rig";
import type { RigState, Sent } from "./rig-state.ts";

/** The command that changes settings. */
export const setConfig = "set_config";

/** An own field of a record: names come from strangers. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return isFields(record) && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Whether the worker answers now; while it does not, settings are saved for it and commands are not sent. */
export function isHere(worker: string, rig: RigState): boolean {
  return own(rig.workers, worker)?.link === "connected";
}

/** Whether what was sent is newer than the last state of the worker. */
export function isAhead({ phase, at }: Sent, worker: string, rig: RigState): boolean {
  return phase === "sending" || (phase === "accepted" && isHere(worker, rig) && (own(rig.workers, worker)?.stateAt ?? 0) <= at);
}

/** A setting of a worker as it is, or as it is about to be. */
export function settingOf(worker: string, key: string, rig: RigState): unknown {
  const sent = own(rig.sent, worker);
  const ahead = sent?.wish.cmd === setConfig && isAhead(sent, worker, rig) ? own(sent.wish.shown, key) : undefined;
  return ahead ?? own(fieldsOf(own(rig.workers, worker)?.state, "config") ?? {}, key);
}
