import type { Reply } from "@vj/schema";
import type { z } from "zod";
import type { ConfigStore } from "./config-store.ts";
import { failed, ok } from "./reply.ts";

/**
 * Carries out `set_config`: checked, saved, put into force, in this order; all of it or nothing.
 * @param apply puts the new settings into force, given the former ones; what it throws undoes the change
 * @throws what `apply` or saving threw, after the former settings are in force again
 */
export async function changeConfig<C extends z.ZodObject>(
  store: ConfigStore<C>,
  changes: Record<string, unknown>,
  apply: (previous: z.output<C>) => Promise<string>,
): Promise<Reply> {
  const refused = refusal(store, changes);
  if (refused !== undefined) return failed(refused);
  const change = store.check(changes);
  if (!change.ok) return failed(change.reason);
  const previous = store.value;
  const { undo, note } = await store.commit(change.stored);
  try {
    const said = await apply(previous);
    return ok(note === undefined ? said : `${said}; ${note}`, { config: store.value });
  } catch (error) {
    const attempted = store.value;
    await undo();
    await apply(attempted);
    throw error;
  }
}

/** Why a change cannot be made, as far as that can be said without making it; undefined when it can. */
export function refusal<C extends z.ZodObject>(store: ConfigStore<C>, changes: Record<string, unknown>): string | undefined {
  if (Object.keys(changes).length === 0) return "set_config needs at least one setting, for example key=value";
  const change = store.check(changes);
  return change.ok ? undefined : change.reason;
}

/**
 * Saves settings that are in force already, because the worker itself changed them.
 * @throws Error when a value does not fit, is fixed by the environment, or cannot be saved
 */
export async function rememberConfig<C extends z.ZodObject>(
  store: ConfigStore<C>,
  changes: Record<string, unknown>,
): Promise<void> {
  const change = store.check(changes);
  if (!change.ok) throw new Error(change.reason);
  await store.commit(change.stored);
}
