import type { LogEntry } from "@vj/logs";
import type { Issue, JsonSchema } from "@vj/schema";
import { emptyRig as emptyBus } from "@vj/rig";
import type { RigState as BusState } from "@vj/rig";
import type { SeenAddress } from "./osc-seen.ts";
import { unknownTargets } from "./targets/targets-state.ts";
import type { TargetsState } from "./targets/targets-state.ts";

/** What a person asked for and nobody has answered yet. */
export type PendingVerb = "start" | "stop" | "restart";

/** A command that a person sends to a worker. Its own identity distinguishes it from an equal one. */
export interface Wish {
  readonly worker: string;
  readonly cmd: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** The arguments as they may be shown. */
  readonly shown: Readonly<Record<string, unknown>>;
  /** A success is not worth a notice: it is asked again and again. */
  readonly quiet?: boolean;
}

/** Outcome of a wish. */
export interface Sent {
  readonly wish: Wish;
  readonly phase: "sending" | "accepted" | "refused";
  /** The answer of the worker; empty while it has not answered. */
  readonly message: string;
  /** Refused, because no answer came: whether it was taken is not known. */
  readonly unanswered?: boolean;
  /** The fields at fault. */
  readonly issues: readonly Issue[];
  /** What it answered with. */
  readonly data: unknown;
  /** When it came to this phase, epoch milliseconds. */
  readonly at: number;
}

/** Data that a worker answered with. */
export interface CommandReply {
  readonly data: unknown;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The settings of a worker that is away, as it left them. */
export interface KeptSettings {
  /** Undefined: it never ran here. */
  readonly schema: JsonSchema | undefined;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Something to tell the person in front of the screen. */
export interface Notice {
  readonly at: number;
  readonly level: "info" | "warn" | "error";
  readonly text: string;
}

/** Everything on the bus, and the person's requests with their replies. */
export interface RigState extends BusState {
  readonly pending: Readonly<Record<string, PendingVerb>>;
  /** Changed settings that wait for their worker to come, as they may be shown. */
  readonly waiting: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The last wish to each worker. */
  readonly sent: Readonly<Record<string, Sent>>;
  /** Whether this program can start a process manager; else a person starts it with `vj up`. */
  readonly canStartManager: boolean;
  /** The last data that each command brought, by worker and command. */
  readonly replies: Readonly<Record<string, Readonly<Record<string, CommandReply>>>>;
  readonly kept: Readonly<Record<string, KeptSettings>>;
  /** The receivers of telemetry as they are written down. */
  readonly targets: TargetsState;
  /** What the debugger has seen; undefined while it is away, or nobody looks. */
  readonly seen: readonly SeenAddress[] | undefined;
  /** Newest last. */
  readonly notices: readonly Notice[];
  /** Newest last. */
  readonly logs: readonly LogEntry[];
}

/** What changes it. */
export type RigEvent =
  /** @see isOnlyFigures */
  | { readonly type: "bus"; readonly state: BusState; readonly figuresOnly?: boolean }
  | { readonly type: "pending"; readonly name: string; readonly verb: PendingVerb | undefined }
  /** Without `changes` nothing waits any more. */
  | { readonly type: "waiting"; readonly name: string; readonly changes: Readonly<Record<string, unknown>> | undefined }
  | { readonly type: "sent"; readonly sent: Omit<Sent, "at"> }
  | { readonly type: "targets"; readonly part: Partial<TargetsState> }
  | { readonly type: "seen"; readonly seen: readonly SeenAddress[] | undefined }
  | { readonly type: "kept"; readonly name: string; readonly settings: KeptSettings }
  | { readonly type: "notice"; readonly level: Notice["level"]; readonly text: string }
  | { readonly type: "logs"; readonly entries: readonly LogEntry[] };

export const emptyRig: RigState = { ...emptyBus, canStartManager: true, pending: {}, waiting: {}, sent: {}, replies: {}, kept: {}, targets: unknownTargets, seen: undefined, notices: [], logs: [] };
