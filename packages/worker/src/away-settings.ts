import { z } from "zod";
import type { Issue, JsonSchema } from "@vj/schema";
import { ConfigStore } from "./config-store.ts";
import type { ConfigOrigin } from "./config-rules.ts";
import { readKeptJsonSchema, readKeptSchema } from "./kept-schema.ts";
import { withoutEffect, withoutSecrets } from "./setting-marks.ts";

/** Folders of the settings and of the kept schemas. */
export interface SettingsPlaces {
  readonly configDir: string;
  readonly cacheDir: string;
}

/** Result of changing the settings of a worker that is away. */
export type AwayChange =
  | { readonly ok: false; readonly reason: string; /** The settings at fault. */ readonly issues: readonly Issue[] }
  | {
      readonly ok: true;
      readonly file: string;
      /** Whether the values were checked: false when the worker never ran here. */
      readonly checked: boolean;
      /** The change, with secrets hidden. */
      readonly shown: Readonly<Record<string, unknown>>;
      /** Settings that are saved but have no effect. */
      readonly withoutEffect: readonly string[];
      /** Set when a part of the file could not be used; contains the path of the copy. */
      readonly problem: string | undefined;
    };

/**
 * Changes the settings of a worker that does not run: checks them against its schema of the last run, and writes its
 * file, which it reads when it starts. Checks that only the worker can make are made at its start.
 * @throws FileError when the file cannot be written
 */
export async function changeAway({ configDir, cacheDir }: SettingsPlaces, worker: string, changes: Record<string, unknown>): Promise<AwayChange> {
  const kept = readKeptSchema(cacheDir, worker);
  const schema = kept ?? z.object(Object.fromEntries(Object.keys(changes).map((key) => [key, z.unknown().optional()])));
  const store = new ConfigStore(schema, { dir: configDir, worker });
  const { problem, lost } = store.load();
  const checked = store.check(changes);
  if (!checked.ok) return { ok: false, reason: checked.reason, issues: checked.issues };
  const { note } = await store.commit(checked.stored);
  return {
    ok: true,
    file: store.file,
    checked: kept !== undefined,
    shown: withoutSecrets(schema, changes),
    withoutEffect: withoutEffect(schema, Object.keys(changes)),
    problem: lost ? problem : note,
  };
}

/**
 * The settings that a worker will have at its next start, secrets hidden, and the origin of each; undefined when it never
 * ran here.
 */
export function settingsAway(
  { configDir, cacheDir }: SettingsPlaces,
  worker: string,
): { config: Record<string, unknown>; config_origin: Record<string, ConfigOrigin> } | undefined {
  const schema = readKeptSchema(cacheDir, worker);
  if (schema === undefined) return undefined;
  const store = new ConfigStore(schema, { dir: configDir, worker });
  store.load();
  return { config: store.shown, config_origin: store.origins() };
}

/**
 * The settings of a worker that does not run, as JSON Schema, including those without effect, marked `noEffect`.
 * @returns undefined when it never ran here
 */
export function schemaAway({ cacheDir }: SettingsPlaces, worker: string): JsonSchema | undefined {
  return readKeptJsonSchema(cacheDir, worker);
}
