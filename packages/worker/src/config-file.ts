import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { explainIssues } from "@vj/schema";
import { messageOf, systemErrorCode } from "@vj/control";
import type { z } from "zod";

/** What a configuration file holds: the keys that somebody set. Defaults are not written. */
export type StoredConfig = Record<string, unknown>;

/** A configuration as read. */
export interface LoadedConfig {
  stored: StoredConfig;
  /** Text of the file that may be replaced without losing anything; undefined when there is no file, or none to be replaced. */
  text: string | undefined;
  /** What in the file could not be used, and where it is kept. */
  problem: string | undefined;
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
    return { stored: {}, text: undefined, problem: `${messageOf(error)}; defaults are used` };
  }
  if (text === undefined) return { stored: {}, text, problem: undefined };
  const value = parseObject(text);
  if (value === undefined) return { stored: {}, ...putAside(file, text, "it is no JSON object; defaults are used") };

  const unknown = Object.keys(value).filter((key) => !(key in schema.shape));
  const ignored = unknown.length > 0 ? [`there is no setting ${unknown.join(", ")}`] : [];
  const result = schema.safeParse(value);
  if (result.success) return { stored: value, text, problem: ignored.length > 0 ? `${file}: ${ignored.join()}` : undefined };
  const bad = new Set(result.error.issues.map((issue) => String(issue.path[0])));
  return {
    stored: Object.fromEntries(Object.entries(value).filter(([key]) => !bad.has(key))),
    ...putAside(file, text, [...ignored, `${explainIssues(result.error)}; defaults are used for these`].join("; ")),
  };
}

/** @throws Error when the file exists and cannot be read (permissions). */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
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
    await writeFileAtomic(file, text, { mode: 0o600, fsync: true });
    return text;
  } catch (error) {
    throw new Error(`cannot save ${file}: ${messageOf(error)}`, { cause: error });
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
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
    writeFileSync(aside, text, { mode: 0o600 });
    return aside;
  } catch (error) {
    throw new Error(`it could not be kept aside: ${messageOf(error)}`, { cause: error });
  }
}
