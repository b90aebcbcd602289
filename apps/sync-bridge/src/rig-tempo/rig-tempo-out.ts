import type { RigTempo } from "../tempo.ts";

/** Why beats may jump instead of being moved slowly to their new place. */
export type JumpReason = "resync" | "drop" | "track";

/** What happens to the rig's tempo. */
export interface RigTempoEvents extends Record<string, unknown[]> {
  /** `current` is another line: another tempo, other beats, or it ended. At most once per packet of the analyzer. */
  tempo: [current: RigTempo | undefined];
  /** From now on the beats may be at another place: a person said where 1 is, the music dropped, or another track began. */
  jump: [reason: JumpReason];
}

/** The rig's tempo as others may use it. */
export interface RigTempoOut {
  /** The newest line; undefined until the first beat. It stays through breakdowns, with `live` false. */
  readonly current: RigTempo | undefined;
  /** @returns the undo */
  on<E extends keyof RigTempoEvents>(event: E, listener: (...args: RigTempoEvents[E]) => void): () => void;
}
