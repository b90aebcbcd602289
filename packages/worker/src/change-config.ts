import { messageOf } from "@vj/schema";
import type { Reply } from "@vj/schema";
import type { z } from "zod";
import type { ConfigRefusal } from "./config-rules.ts";
import type { ConfigStore } from "./config-store.ts";
import { failed, ok } from "./reply.ts";
import { withoutEffect } from "./setting-marks.ts";
import { canonical } from "./start-record.ts";
import { WorkerError } from "./errors.ts";

/**
 * A change checked by the worker before it is made: the settings to change, or the reason against it with the setting at
 * fault.
 */
export type VettedConfig =
  | { readonly ok: true; readonly changes: Record<string, unknown> }
  | { readonly ok: false; readonly key: string; readonly reason: string };

const nothingToSet = "set_config needs at least one setting, for example key=value";

/** The worker's part in a change of settings. */
export interface ConfigHooks<V> {
  /** Checks a change that fits the schema: may refuse it, or replace it by another spelling. */
  vet(next: V, changes: Record<string, unknown>): Promise<VettedConfig>;
  /** Puts the new settings into force, given the former ones; an exception undoes the change. */
  apply(previous: V): Promise<string>;
}

/**
 * Carries out `set_config`: checked by schema, checked by the worker, saved, put into force, in this order; all of it or nothing.
 * @throws the error of `apply` or of saving, after the former settings are in force again
 */
export async function changeConfig<C extends z.ZodObject>(
  store: ConfigStore<C>,
  changes: Record<string, unknown>,
  { vet, apply }: ConfigHooks<z.output<C>>,
): Promise<Reply> {
  if (Object.keys(changes).length === 0) return failed(nothingToSet, "bad_arguments");
  const change = store.check(changes);
  if (!change.ok) return refused(change);
  const vetted = await vet(change.value, changes);
  if (!vetted.ok) {
    const { key, reason } = vetted;
    return failed(`${key}: ${reason}`, "refused", [{ path: key, message: reason }]);
  }
  const spelled = store.check(vetted.changes);
  if (!spelled.ok) return refused(spelled);
  const previous = store.value;
  const { undo, note } = await store.commit(spelled.stored);
  try {
    const parts = [await apply(previous), ...idle(store.schema, Object.keys(changes)), ...(note === undefined ? [] : [note])];
    return ok(parts.join("; "), { config: store.shown });
  } catch (error) {
    const attempted = store.value;
    await undo();
    await apply(attempted);
    throw error;
  }
}

function idle(schema: z.ZodObject, keys: readonly string[]): string[] {
  const names = withoutEffect(schema, keys);
  return names.length === 0 ? [] : [`${names.join(", ")} ${names.length === 1 ? "is" : "are"} kept, but ${names.length === 1 ? "has" : "have"} no effect yet`];
}

/** Result of checking the settings file. */
export type EditOutcome =
  | { readonly kind: "none" }
  | { readonly kind: "taken"; readonly changes: Record<string, unknown> }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Takes a manual edit of the settings file, as `set_config` would: all of it or nothing. The file is not changed.
 * @param again also check an edit that was refused before
 */
export async function takeEdit<C extends z.ZodObject>(
  store: ConfigStore<C>,
  { vet, apply }: ConfigHooks<z.output<C>>,
  again: boolean,
): Promise<EditOutcome> {
  const edit = store.edited(again);
  if (edit === undefined) return { kind: "none" };
  if (!edit.ok) return { kind: "refused", reason: edit.reason };
  const vetted = await vet(edit.value, edit.changes);
  if (!vetted.ok) return { kind: "refused", reason: `${vetted.key}: ${vetted.reason}` };
  const previous = store.value;
  const undo = store.take({ ...edit.stored, ...vetted.changes }, edit.text);
  try {
    if (canonical(store.value) !== canonical(previous)) await apply(previous);
    return { kind: "taken", changes: vetted.changes };
  } catch (error) {
    const attempted = store.value;
    undo();
    await apply(attempted);
    return { kind: "refused", reason: messageOf(error) };
  }
}

/** The refusal of a change, as far as it can be determined without making it; undefined when it can be made. */
export function refusal<C extends z.ZodObject>(store: ConfigStore<C>, changes: Record<string, unknown>): Reply | undefined {
  if (Object.keys(changes).length === 0) return failed(nothingToSet, "bad_arguments");
  const change = store.check(changes);
  return change.ok ? undefined : refused(change);
}

function refused({ reason, code, issues }: ConfigRefusal): Reply {
  return failed(reason, code, issues);
}

/**
 * Saves settings that the worker itself changed and that are in force already.
 * @throws WorkerError `settings` when a value is invalid or fixed by the environment, or when saving would lose what is in the file; FileError when it
 * cannot be saved
 */
export async function rememberConfig<C extends z.ZodObject>(
  store: ConfigStore<C>,
  changes: Record<string, unknown>,
): Promise<void> {
  const change = store.check(changes);
  if (!change.ok) throw new WorkerError("settings", change.reason);
  await store.commit(change.stored);
}
