import { targetFieldFaults, targetsInputSchema } from "@vj/schema";
import type { TargetInput } from "@vj/schema";

/** Values of a target as they were entered; undefined takes a key away, so that the preset or the default counts again. */
export type TargetValues = Readonly<Record<string, unknown>>;

/** The list after a change, not checked yet; a text says why it cannot be changed so. */
export type TargetChange = (targets: readonly TargetInput[]) => readonly unknown[] | string;

/** A list as it can be saved, or its faults. */
export type CheckedTargets =
  | { readonly ok: true; readonly targets: readonly TargetInput[] }
  | { readonly ok: false; readonly message: string; /** By key, of the target that was asked for. */ readonly fields: ReadonlyMap<string, string> };

/** A further target at the end of the list. */
export function addTarget(values: TargetValues): TargetChange {
  return (targets) => [...targets, values];
}

/** Other values of a target; what somebody else changes of it at the same time stays. */
export function editTarget(name: string, changes: TargetValues): TargetChange {
  return (targets) => withTarget(targets, name, (target) => withoutNothing({ ...target, ...changes }));
}

/** Sends to a target, or keeps it without sending. */
export function switchTarget(name: string, enabled: boolean): TargetChange {
  return (targets) => withTarget(targets, name, (target) => ({ ...target, enabled }));
}

/** The flash guard of one target. */
export function guardTarget(name: string, safe: boolean): TargetChange {
  return (targets) => withTarget(targets, name, (target) => ({ ...target, safe }));
}

/** The flash guard of all targets. */
export function guardAll(safe: boolean): TargetChange {
  return (targets) => targets.map((target) => ({ ...target, safe }));
}

export function removeTarget(name: string): TargetChange {
  return (targets) => (targets.some((target) => target.name === name) ? targets.filter((target) => target.name !== name) : gone(name));
}

/**
 * Applies a change and checks the whole list, as the process manager does. Pure.
 * @param name the target whose faults are wanted by field; undefined: the last one
 */
export function checkedTargets(targets: readonly TargetInput[], change: TargetChange, name?: string): CheckedTargets {
  const changed = change(targets);
  if (typeof changed === "string") return { ok: false, message: changed, fields: new Map() };
  const read = targetsInputSchema.safeParse({ targets: changed });
  if (read.success) return { ok: true, targets: read.data.targets };
  const at = name === undefined ? changed.length - 1 : targets.findIndex((target) => target.name === name);
  const { fields, message } = targetFieldFaults(read.error, { targets: changed }, at);
  return { ok: false, message, fields };
}

function withTarget(targets: readonly TargetInput[], name: string, change: (target: TargetInput) => unknown): readonly unknown[] | string {
  return targets.some((target) => target.name === name) ? targets.map((target) => (target.name === name ? change(target) : target)) : gone(name);
}

const gone = (name: string): string => `"${name}" is not in the list any more: somebody else has removed or renamed it`;

function withoutNothing(values: TargetValues): TargetValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
