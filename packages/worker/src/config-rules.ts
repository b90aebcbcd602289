import { explainIssues, issuesOf, limits, shorten } from "@vj/schema";
import type { Issue } from "@vj/schema";
import type { z } from "zod";
import { objectFault, parseObject } from "./config-file.ts";
import type { StoredConfig } from "./config-file.ts";
import { tooLong } from "./setting-length.ts";
import { isSecret, secretShown } from "./setting-marks.ts";
import { canonical } from "./start-record.ts";

/** Origin of a setting's value; the first of these that has one applies. */
export type ConfigOrigin = "environment" | "file" | "default";

/** Settings fixed by the environment: key -> value and the variable it came from. */
export type ConfigOverrides = Readonly<Record<string, { value: unknown; variable: string }>>;

/** Why a change is refused. */
export interface ConfigRefusal {
  readonly ok: false;
  readonly code: "bad_arguments" | "refused";
  readonly reason: string;
  /** The settings at fault. */
  readonly issues: readonly Issue[];
}

/** A checked change that is not made yet: the values to store and the resulting settings; or the refusal. */
export type ConfigChange<V> = { ok: true; stored: StoredConfig; value: V } | ConfigRefusal;

/** A manual edit of the settings file: its content, the differences, and the resulting settings; or the refusal. */
export type EditedConfig<V> =
  | { ok: true; stored: StoredConfig; changes: Record<string, unknown>; text: string; value: V }
  | { ok: false; reason: string };

/** The rules for the settings of one worker. Pure. */
export interface ConfigRules<C extends z.ZodObject> {
  readonly schema: C;
  /** The settings in force when these are stored: the environment takes precedence. */
  resolve(stored: StoredConfig): z.ZodSafeParseResult<z.output<C>>;
  /** Checks new values for some keys; the others keep theirs, and an invalid null counts as absent. All or nothing. */
  check(stored: StoredConfig, changes: Record<string, unknown>): ConfigChange<z.output<C>>;
  /** Checks a manually edited settings file, as `check` does, against the settings stored before. */
  checkEdit(stored: StoredConfig, text: string): EditedConfig<z.output<C>>;
  /** The origin of each setting. */
  origins(stored: StoredConfig): Record<string, ConfigOrigin>;
}

export function configRules<C extends z.ZodObject>(schema: C, overrides: ConfigOverrides): ConfigRules<C> {
  const fixed = Object.fromEntries(Object.entries(overrides).map(([key, { value }]) => [key, value]));
  const parse = (stored: StoredConfig): z.ZodSafeParseResult<z.output<C>> => schema.safeParse({ ...stored, ...fixed });

  const refusal = (changes: Record<string, unknown>): ConfigRefusal | undefined => {
    const known = Object.keys(schema.shape);
    const unknown = Object.keys(changes).filter((key) => !known.includes(key));
    if (unknown.length > 0) {
      const named = unknown.slice(0, limits.namedFaults).map((key) => shorten(key, limits.nameCharacters));
      const more = unknown.length > named.length ? ` and ${unknown.length - named.length} more` : "";
      const reason = `unknown setting ${named.map((key) => `"${key}"`).join(", ")}${more}; there are: ${known.join(", ")}`;
      return badArguments(reason, named.map((path) => ({ path, message: "unknown setting" })));
    }
    const fixedHere = Object.keys(changes).flatMap((path) => {
      const variable = overrides[path]?.variable;
      return variable === undefined ? [] : [{ path, message: `is set by ${variable} in the environment; unset it to change it here` }];
    });
    const [first] = fixedHere;
    if (first !== undefined) return { ok: false, code: "refused", reason: `${first.path} ${first.message}`, issues: fixedHere };
    const long = Object.entries(tooLong(changes)).map(([path, message]) => ({ path, message }));
    const [longest] = long;
    return longest === undefined ? undefined : badArguments(`${longest.path}: ${longest.message}`, long);
  };

  /** An invalid null, or the placeholder of a secret, is not a value. */
  const isGiven = (key: string, value: unknown): boolean => {
    if (value === secretShown && isSecret(schema, key)) return false;
    return value !== null || (schema.shape[key]?.safeParse(null).success ?? false);
  };

  return {
    schema,
    resolve: parse,
    check(before, changes) {
      const refused = refusal(changes);
      if (refused !== undefined) return refused;
      const given = Object.entries(changes).filter(([key, value]) => isGiven(key, value));
      const stored = { ...before, ...Object.fromEntries(given) };
      const bytes = Buffer.byteLength(JSON.stringify(stored));
      if (bytes > limits.settingsBytes) return badArguments(`the settings would have ${bytes} bytes, ${limits.settingsBytes} are allowed`);
      const result = parse(stored);
      return result.success ? { ok: true, stored, value: result.data } : badArguments(explainIssues(result.error), issuesOf(result.error));
    },
    checkEdit(before, text) {
      const stored = parseObject(text);
      const fault = objectFault(text);
      if (stored === undefined || fault !== undefined) return { ok: false, reason: fault ?? "it is not a JSON object" };
      const changed = Object.entries(stored).filter(([key, value]) => canonical(value) !== canonical(before[key]));
      const changes = Object.fromEntries(changed);
      const refused = refusal(changes);
      if (refused !== undefined) return { ok: false, reason: refused.reason };
      const result = parse(stored);
      return result.success ? { ok: true, stored, changes, text, value: result.data } : { ok: false, reason: explainIssues(result.error) };
    },
    origins: (stored) =>
      Object.fromEntries(
        Object.keys(schema.shape).map((key) => [key, key in overrides ? "environment" : key in stored ? "file" : "default"]),
      ),
  };
}

function badArguments(reason: string, issues: readonly Issue[] = []): ConfigRefusal {
  return { ok: false, code: "bad_arguments", reason, issues };
}
