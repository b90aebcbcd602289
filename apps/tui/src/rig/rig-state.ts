import type { LogEntry } from "@vj/logs";
import { emptyRig as emptyBus } from "@vj/rig";
import type { RigState as BusState } from "@vj/rig";

/** What a person asked for and nobody has answered yet. */
export type PendingVerb = "start" | "stop" | "restart";

/** Something to tell the person in front of the screen. */
export interface Notice {
  readonly at: number;
  readonly level: "info" | "warn" | "error";
  readonly text: string;
}

/** Everything on the bus, and what the person in front of the screen asked and was told. */
export interface RigState extends BusState {
  readonly pending: Readonly<Record<string, PendingVerb>>;
  /** Changed settings that wait for their worker to come, as they may be shown. */
  readonly waiting: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Newest last. */
  readonly notices: readonly Notice[];
  /** Newest last. */
  readonly logs: readonly LogEntry[];
}

/** What changes it. */
export type RigEvent =
  | { readonly type: "bus"; readonly state: BusState }
  | { readonly type: "pending"; readonly name: string; readonly verb: PendingVerb | undefined }
  /** Without `changes` nothing waits any more. */
  | { readonly type: "waiting"; readonly name: string; readonly changes: Readonly<Record<string, unknown>> | undefined }
  | { readonly type: "notice"; readonly level: Notice["level"]; readonly text: string }
  | { readonly type: "logs"; readonly entries: readonly LogEntry[] };

export const emptyRig: RigState = { ...emptyBus, pending: {}, waiting: {}, notices: [], logs: [] };
