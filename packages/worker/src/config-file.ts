import { createHash } from "node:crypto";
import { jsonFile, replaceText } from "@vj/files";
import { explainIssues, limits, messageOf, parseJson, shorten } from "@vj/schema";
import type { z } from "zod";
import { tooLong } from "./setting-length.ts";
import { WorkerError } from "./errors.ts";

/** Contents of a configuration file: the keys that somebody set. Defaults are not written. */
export type StoredConfig = Record<string, unknown>;

/** A loaded configuration. */
export interface LoadedConfig {
  stored: StoredConfig;
  /**
   * Text of the file if it may be replaced without losing anything; undefined when the file is missing, or must not be
   * replaced.
   */
  text: string | undefined;
  /** The unusable parts of the file, and where a copy is kept. */
  problem: string | undefined;
  /** A setting in the file is not in force. */
  lost: boolean;
  /** Why the file cannot be read at all. */
  unreadable?: string;
}

/**
 * Reads a configuration file. Nothing in it is ever lost: a copy of an unusable file is kept beside it before defaults
 * take its place, the valid keys of a file with an invalid one are still used, and unknown keys stay in it.
 */
export function loadConfig(file: string, schema: z.ZodObject): LoadedConfig {
  let text: string | undefined;
  try {
    text = jsonFile(file).text();
  } catch (error) {
    const unreadable = messageOf(error);
    return { stored: {}, text: undefined, problem: `${unreadable}; defaults are used`, lost: true, unreadable };
  }
  if (text === undefined) return { stored: {}, text, problem: undefined, lost: false };
  const value = parseObject(text);
  if (value === undefined) return { stored: {}, ...putAside(file, text, "it is not a JSON object; defaults are used"), lost: true };

  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(schema.shape, key));
  const named = unknown.slice(0, limits.namedFaults).map((key) => shorten(key, limits.nameCharacters));
  const ignored = unknown.length > 0 ? [`there is no setting ${named.join(", ")}`] : [];
  const result = schema.safeParse(value);
  const long = tooLong(value);
  const faults = Object.entries(long).map(([key, why]) => `${shorten(key, limits.nameCharacters)}: ${why}`);
  if (!result.success) faults.unshift(explainIssues(result.error));
  if (faults.length === 0) return { stored: value, text, problem: ignored.length > 0 ? `${file}: ${ignored.join()}` : undefined, lost: false };
  const bad = new Set(Object.keys(long));
  for (const issue of result.error?.issues ?? []) bad.add(String(issue.path[0]));
  return {
    stored: Object.fromEntries(Object.entries(value).filter(([key]) => !bad.has(key))),
    lost: true,
    ...putAside(file, text, [...ignored, `${faults.slice(0, limits.namedFaults).join("; ")}; defaults are used for these`].join("; ")),
  };
}

/**
 * Writes a configuration file so that a crash at any moment leaves either the old or the new one complete on disk.
 * @returns the text written. @throws FileError with the reason (full disk, read-only directory).
 */
export function saveConfig(file: string, stored: StoredConfig): Promise<string> {
  return jsonFile(file).write(stored);
}

/** The object in the text of a settings file; undefined when it is anything else. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  // The caller says "not a JSON object": the exact position does not help with a half-written file.
  const value = parseJson(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function putAside(file: string, text: string, why: string): { text: string | undefined; problem: string } {
  try {
    return { text, problem: `${file}: ${why}, the old file is kept as ${keepAside(file, text)}` };
  } catch (error) {
    return { text: undefined, problem: `${file}: ${why}; ${messageOf(error)}` };
  }
}

/**
 * Keeps a copy beside the file, named by its content, so that a file found again at every start is kept once.
 * @returns the path of the copy. @throws WorkerError `settings` when it could not be written.
 */
export function keepAside(file: string, text: string): string {
  const aside = `${file}.bad-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
  try {
    replaceText(aside, text);
    return aside;
  } catch (error) {
    throw new WorkerError("settings", `it could not be kept aside: ${messageOf(error)}`, { cause: error });
  }
}
