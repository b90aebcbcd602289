import type { Rig } from "@vj/rig";
import type { Logger, ReportedCondition } from "@vj/worker";
import type { SyncConfig } from "../config.ts";
import type { Tempo } from "../tempo.ts";
import type { RigTempoOut } from "../rig-tempo/rig-tempo-out.ts";

/** What a protocol may use. It is valid until the protocol's `close`. */
export interface ProtocolContext {
  /** All settings of the worker, always the newest. */
  readonly config: SyncConfig;
  /**
   * Tempo out: the rig's tempo. `rigTempo.current` is the newest line, and `rigTempo.on` has events for changes, drops and
   * new tracks; `undefined` until the first beat. While the rig follows this very protocol, `current.by` has its code.
   */
  readonly rigTempo: RigTempoOut;
  /**
   * Tempo in: what this protocol measures of the other side. Call it at each change, and at least once a second while the
   * tempo runs; without a call for 3 s, or after `undefined`, the protocol does not count as a tempo source any more.
   * Whether the rig follows it is decided by the setting `tempo_priority`.
   */
  propose(tempo: ProposedTempo | undefined): void;
  /** Whether the rig follows this protocol now. */
  readonly isFollowed: boolean;
  /** Whether the analyzer has had a tempo from music for 3 s, while the rig follows a protocol. */
  readonly hasOwnTempo: boolean;
  /** The whole bus: descriptions of all workers, commands to them, their telemetry. */
  readonly rig: Rig;
  readonly log: Logger;
}

/** The tempo of another program. */
export interface ProposedTempo extends Tempo {
  /** Beats of a bar, when beats that are multiples of it begin bars; left out: bars are not known. */
  readonly quantum?: number;
}

/** A running protocol. Faults while it runs are reported in `condition`, never thrown. */
export interface Protocol {
  /** Its part of `get_state`, under its name. */
  state(): Record<string, unknown>;
  /** Its part of the heartbeat's `stats`; keys begin with its name: `link_peers`. */
  stats?(): Record<string, unknown>;
  /** Its fault, for `condition`; undefined: it works. */
  condition?(): ReportedCondition | undefined;
  /** Ends it: no socket, child process or timer of it is left. */
  close(): Promise<void>;
}

/** One protocol of the bridge; listed in `protocols/index.ts`. Its settings are a zod shape in its folder, spread in `config.ts`. */
export interface ProtocolDefinition {
  /** Also its key in `get_state`: `link`, `midi`, `os2l`, `remote`. */
  readonly name: string;
  /** Settings whose change closes it and starts it again; it reads all others from its context when it needs them. */
  readonly restartedBy: readonly (keyof SyncConfig)[];
  /** Whether these settings switch it on. */
  isOn(config: SyncConfig): boolean;
  /**
   * Starts it. Must be quick and must not throw for a port or device that is not there: it waits for it, and reports that in
   * `condition`.
   */
  start(context: ProtocolContext): Promise<Protocol>;
}
