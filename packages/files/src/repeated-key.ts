import { placed } from "./json-fault.ts";

/** Brackets, and texts with the colon that makes them keys. */
const token = /[{}[\]]|("(?:[^"\\]|\\.)*")(\s*:)?/g;

/**
 * The place of a key that stands twice between the same { }: which of the two counts is a guess, and JSON.parse drops the first without a word.
 * @param text JSON @returns undefined where there is none
 */
export function repeatedKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const { 0: found, 1: name, 2: colon, index } of text.matchAll(token)) {
    if (found === "{" || found === "[") open.push(new Set());
    else if (found === "}" || found === "]") open.pop();
    if (name === undefined || colon === undefined) continue;
    const key = String(JSON.parse(name));
    const known = open.at(-1);
    if (known?.has(key) === true) return placed(text, index, "this key stands there a second time; leave one of the two");
    known?.add(key);
  }
  return undefined;
}
