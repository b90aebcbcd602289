import type { TargetInput } from "@vj/schema";

/** The targets as they are written down, and where. */
export interface TargetList {
  readonly targets: readonly TargetInput[];
  readonly from: "environment" | "file" | "last_good" | "default";
  readonly file: string;
  /** Another one for every content of the file. */
  readonly revision: string | undefined;
}

/** What is being sent to one target to try it out. */
export interface TargetTrial {
  readonly name: string;
  readonly kind: "test" | "resend";
  /** The address that moves now, as the target gets it; empty: none yet. */
  readonly address: string;
}

/** What is known of the targets. */
export interface TargetsState {
  /** As the process manager read them last; undefined while it is away, or they cannot be read. */
  readonly list: TargetList | undefined;
  /** Why they cannot be read, with the place in the file; undefined when they can. */
  readonly problem: string | undefined;
  /** The targets as they will be when the change under way is accepted. */
  readonly ahead: readonly TargetInput[] | undefined;
  readonly trial: TargetTrial | undefined;
}

export const unknownTargets: TargetsState = { list: undefined, problem: undefined, ahead: undefined, trial: undefined };

/** How many of the targets that are on have the flash guard. */
export interface GuardState {
  readonly guarded: number;
  readonly on: number;
}

/** The flash guard of all targets together; undefined when it is not known, or no target is on. Pure. */
export function guardOf({ list, ahead }: TargetsState): GuardState | undefined {
  const targets = (ahead ?? list?.targets ?? []).filter(({ enabled }) => enabled);
  return targets.length === 0 ? undefined : { guarded: targets.filter(({ safe }) => safe === true).length, on: targets.length };
}
