import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { explainIssues } from "@vj/schema";
import { messageOf, systemErrorCode } from "@vj/control";
import type { z } from "zod";

/** What a configuration file holds: the keys that somebody set. Defaults are not written. */
export type StoredConfig = Record<string, unknown>;

/** A configuration as read; `problem` is set when something in the file could not be used. */
export interface LoadedConfig {
  stored: StoredConfig;
  problem: string | undefined;
}

/**
 * Reads a configuration file. What cannot be used is never lost: a copy is kept beside the file before defaults take
 * its place, and the good keys of a file with a bad one are still used.
 * @throws Error when the file exists and cannot be read at all (permissions).
 */
export function loadConfig(file: string, schema: z.ZodObject): LoadedConfig {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return { stored: {}, problem: undefined };
    throw new Error(`cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
  const value = parseObject(text);
  if (value === undefined) {
    return { stored: {}, problem: `${file} is no JSON object; defaults are used, ${keepAside(file)}` };
  }
  const known = Object.fromEntries(Object.entries(value).filter(([key]) => key in schema.shape));
  const result = schema.safeParse(known);
  if (result.success) return { stored: known, problem: undefined };
  const bad = new Set(result.error.issues.map((issue) => String(issue.path[0])));
  return {
    stored: Object.fromEntries(Object.entries(known).filter(([key]) => !bad.has(key))),
    problem: `${file}: ${explainIssues(result.error)}; defaults are used for these, ${keepAside(file)}`,
  };
}

/**
 * Writes a configuration file so that a crash at any moment leaves either the old or the new one, whole and on disk.
 * @throws Error with the reason (full disk, read-only directory).
 */
export async function saveConfig(file: string, stored: StoredConfig): Promise<void> {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600, fsync: true });
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

function keepAside(file: string): string {
  const aside = `${file}.bad-${new Date().toISOString().replace(/[:.]/g, "-")}`;
  try {
    copyFileSync(file, aside);
    return `the old file is kept as ${aside}`;
  } catch (error) {
    return `and it could not be kept aside: ${messageOf(error)}`;
  }
}
