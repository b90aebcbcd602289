import { createHash } from "node:crypto";
import { decodeText, jsonFile, readJson, repeatedKey, replaceFile } from "@vj/files";
import type { JsonFile } from "@vj/files";
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

/** What stands in a configuration file now. */
export interface ConfigContent {
  /** Its text; of bytes that are not text, something that differs for each content. */
  readonly text: string;
  readonly bytes: Buffer;
  /** Why the bytes are not text, and where. */
  readonly fault: string | undefined;
}

/** The content of a configuration file; undefined when it does not exist. @throws FileError as `bytes` of the file does. */
export function readContent(file: JsonFile): ConfigContent | undefined {
  const bytes = file.bytes();
  if (bytes === undefined) return undefined;
  const read = decodeText(bytes);
  return read.ok ? { text: read.text, bytes, fault: undefined } : { text: bytes.toString("latin1"), bytes, fault: `${read.fault}; save it as UTF-8 text` };
}

/**
 * Reads a configuration file. Nothing in it is ever lost: a copy of an unusable file is kept beside it before defaults
 * take its place, the valid keys of a file with an invalid one are still used, and unknown keys stay in it.
 */
export function loadConfig(file: string, schema: z.ZodObject): LoadedConfig {
  let content: ConfigContent | undefined;
  try {
    content = readContent(jsonFile(file));
  } catch (error) {
    const unreadable = messageOf(error);
    return { stored: {}, text: undefined, problem: `${unreadable}; defaults are used`, lost: true, unreadable };
  }
  if (content === undefined) return { stored: {}, text: undefined, problem: undefined, lost: false };
  const { text } = content;
  const value = content.fault === undefined ? parseObject(text) : undefined;
  if (value === undefined) return { stored: {}, ...putAside(file, content, `${content.fault ?? objectFault(text)}; defaults are used`), lost: true };

  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(schema.shape, key));
  const named = unknown.slice(0, limits.namedFaults).map((key) => shorten(key, limits.nameCharacters));
  const ignored = unknown.length > 0 ? [`there is no setting ${named.join(", ")}`] : [];
  const repeated = repeatedKey(text);
  if (repeated !== undefined) ignored.push(`${repeated}: the last one is used`);
  const result = schema.safeParse(value);
  const long = tooLong(value);
  const faults = Object.entries(long).map(([key, why]) => `${shorten(key, limits.nameCharacters)}: ${why}`);
  if (!result.success) faults.unshift(explainIssues(result.error));
  if (faults.length === 0 && repeated !== undefined) return { stored: value, lost: false, ...putAside(file, content, ignored.join("; ")) };
  if (faults.length === 0) return { stored: value, text, problem: ignored.length > 0 ? `${file}: ${ignored.join()}` : undefined, lost: false };
  const bad = new Set(Object.keys(long));
  for (const issue of result.error?.issues ?? []) bad.add(String(issue.path[0]));
  return {
    stored: Object.fromEntries(Object.entries(value).filter(([key]) => !bad.has(key))),
    lost: true,
    ...putAside(file, content, [...ignored, `${faults.slice(0, limits.namedFaults).join("; ")}; defaults are used for these`].join("; ")),
  };
}

/**
 * Writes a configuration file so that a crash at any moment leaves either the old or the new one complete on disk.
 * @returns the text written. @throws FileError with the reason (full disk, read-only directory).
 */
export function saveConfig(file: string, stored: StoredConfig): Promise<string> {
  return jsonFile(file).write(stored);
}

/** What keeps the text of a settings file from being used, and where; undefined when it is an object. */
export function objectFault(text: string): string | undefined {
  const read = readJson(text);
  if (!read.ok) return read.fault;
  return parseObject(text) === undefined ? "it is not a JSON object" : undefined;
}

/** The object in the text of a settings file; undefined when it is anything else. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  const value = parseJson(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function putAside(file: string, { text, bytes }: ConfigContent, why: string): { text: string | undefined; problem: string } {
  try {
    return { text, problem: `${file}: ${why}, the old file is kept as ${keepAside(file, bytes)}` };
  } catch (error) {
    return { text: undefined, problem: `${file}: ${why}; ${messageOf(error)}` };
  }
}

/**
 * Keeps a copy beside the file, named by its content, so that a file found again at every start is kept once.
 * @returns the path of the copy. @throws WorkerError `settings` when it could not be written.
 */
export function keepAside(file: string, content: string | Uint8Array): string {
  const aside = `${file}.bad-${createHash("sha256").update(content).digest("hex").slice(0, 8)}`;
  try {
    replaceFile(aside, content);
    return aside;
  } catch (error) {
    throw new WorkerError("settings", `it could not be kept aside: ${messageOf(error)}`, { cause: error });
  }
}
