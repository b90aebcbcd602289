import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { checkStore, readText } from "@vj/files";
import { explainIssues, limits, shorten } from "@vj/schema";
import { tooLong } from "./setting-length.ts";
import { messageOf } from "@vj/control";
import type { z } from "zod";

/** What a configuration file holds: the keys that somebody set. Defaults are not written. */
export type StoredConfig = Record<string, unknown>;

/** Largest file that is read, in bytes. */
const longestFile = 1_048_576;

/** A configuration as read. */
export interface LoadedConfig {
  stored: StoredConfig;
  /** Text of the file that may be replaced without losing anything; undefined when there is no file, or none to be replaced. */
  text: string | undefined;
  /** What in the file could not be used, and where it is kept. */
  problem: string | undefined;
  /** Something that somebody set is not in force. */
  lost: boolean;
}

/**
 * Reads a configuration file. What cannot be used is never lost: a copy is kept beside the file before defaults take
 * its place, the good keys of a file with a bad one are still used, and keys that are not known here stay in it.
 */
export function loadConfig(file: string, schema: z.ZodObject): LoadedConfig {
  let text: string | undefined;
  try {
    text = readIfThere(file);
  } catch (error) {
    return { stored: {}, text: undefined, problem: `${messageOf(error)}; defaults are used`, lost: true };
  }
  if (text === undefined) return { stored: {}, text, problem: undefined, lost: false };
  const value = parseObject(text);
  if (value === undefined) return { stored: {}, ...putAside(file, text, "it is no JSON object; defaults are used"), lost: true };

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
 * The text of a settings file, without a byte order mark; undefined when there is none. Never waits: a pipe or a device in
 * its place is refused, and so is a file of a size that no settings have, or that lies where others could change it.
 * @throws Error when the file exists and cannot be read.
 */
export function readIfThere(file: string): string | undefined {
  try {
    checkStore(path.dirname(file));
    return readText(file, { maxBytes: longestFile });
  } catch (error) {
    throw new Error(`cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Writes a configuration file so that a crash at any moment leaves either the old or the new one, whole and on disk.
 * @returns the text written. @throws Error with the reason (full disk, read-only directory).
 */
export async function saveConfig(file: string, stored: StoredConfig): Promise<string> {
  const text = `${JSON.stringify(stored, null, 2)}\n`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    checkStore(path.dirname(file));
    await writeFileAtomic(file, text, { mode: 0o600, fsync: true });
    return text;
  } catch (error) {
    throw new Error(`cannot save ${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** The object that a settings file holds; undefined when it holds none. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    // Told to the caller as "no JSON object": the exact position does not help with a half-written file.
    return undefined;
  }
}

function putAside(file: string, text: string, why: string): { text: string | undefined; problem: string } {
  try {
    return { text, problem: `${file}: ${why}, the old file is kept as ${keepAside(file, text)}` };
  } catch (error) {
    return { text: undefined, problem: `${file}: ${why}; ${messageOf(error)}` };
  }
}

/**
 * Keeps a copy beside the file, named by its content: one that is found again at every start is kept once.
 * @returns the path of the copy. @throws Error when it could not be written.
 */
export function keepAside(file: string, text: string): string {
  const aside = `${file}.bad-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
  try {
    // Written anew under another name and moved there: whatever has this name now is replaced, not written to.
    writeFileAtomic.sync(aside, text, { mode: 0o600 });
    return aside;
  } catch (error) {
    throw new Error(`it could not be kept aside: ${messageOf(error)}`, { cause: error });
  }
}
