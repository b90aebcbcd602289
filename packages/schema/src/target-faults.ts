import type { z } from "zod";
import { limits } from "@vj/contract";
import { shorten } from "./shorten.ts";

type Fault = z.core.$ZodIssue;

/**
 * The faults of a list of targets in words, each with the name of its target and the key: `target "lamp": rate must be at most
 * 1000, not 5000`. The first ones are named and the others counted.
 * @param content what was validated
 */
export function explainTargetFaults({ issues }: z.ZodError, content: unknown): string {
  const named = issues.slice(0, limits.namedFaults).map((issue) => shorten(sentence(issue, content), 240));
  const more = issues.length - named.length;
  return more > 0 ? `${named.join("; ")}; and ${more} more` : named.join("; ");
}

/**
 * The faults of one target by its keys, each as the end of a sentence about the key, and all others in one sentence.
 * @param content what was validated @param at place of the target in the list
 */
export function targetFieldFaults(error: z.ZodError, content: unknown, at: number): { readonly fields: ReadonlyMap<string, string>; readonly message: string } {
  const fields = new Map<string, string>();
  for (const issue of error.issues) {
    const [list, index, key, ...inner] = issue.path;
    if (list !== "targets" || index !== at || typeof key !== "string" || fields.has(key)) continue;
    const place = inner.map((part) => (typeof part === "number" ? String(part + 1) : String(part))).join(" ");
    fields.set(key, shorten(`${place === "" ? "" : `${place} `}${wordsOf(issue, valueAt(content, issue.path))}`, 240));
  }
  return { fields, message: explainTargetFaults(error, content) };
}

function sentence(issue: Fault, content: unknown): string {
  const [list, index, ...keys] = issue.path;
  const words = wordsOf(issue, valueAt(content, issue.path));
  if (list !== "targets") return list === undefined ? `the file ${words}` : `"${String(list)}" ${words}`;
  if (index === undefined) return `"targets" ${words}`;
  const name = valueAt(content, ["targets", index, "name"]);
  const target = typeof name === "string" && name !== "" ? `target ${JSON.stringify(shorten(name, 40))}` : `target ${Number(index) + 1} of the list`;
  if (keys.length === 0) return `${target} ${words}`;
  // "rename.1.to" is the second rule.
  const key = keys.map((part) => (typeof part === "number" ? String(part + 1) : String(part))).join(" ");
  return `${target}: ${key} ${words}`;
}

function wordsOf(issue: Fault, value: unknown): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `does not know ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}; ${issue.path.length === 0 ? 'it holds "targets" alone' : "a target has the keys of vj target set --help"}`;
    case "invalid_type":
      return value === undefined ? "is missing" : `must be ${kinds[issue.expected] ?? issue.expected}, not ${shown(value)}`;
    case "invalid_value":
      return value === undefined ? "is missing" : `must be ${issue.values.map(String).join(", ")}; ${shown(value)} is not one of them`;
    case "too_big":
      return typeof value === "number" ? `must be at most ${String(issue.maximum)}, not ${value}` : `must have at most ${String(issue.maximum)} ${parts(value)}`;
    case "too_small":
      return typeof value === "number" ? `must be at least ${String(issue.minimum)}, not ${value}` : `must have at least ${String(issue.minimum)} ${parts(value)}`;
    case "invalid_format":
      return `${shown(value)} does not fit: ${issue.message}`;
    default:
      return issue.message;
  }
}

/** Types of JSON, for a person. */
const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list in [ ]",
  object: "an object in { }",
};

function parts(value: unknown): string {
  return typeof value === "string" ? "characters" : "entries";
}

function shown(value: unknown): string {
  // 1e999 is JSON, but no JSON has a word for what it is read as.
  return shorten(typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing"), 60);
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  let value = content;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return value;
}
