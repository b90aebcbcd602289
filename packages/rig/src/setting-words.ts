import { existsSync } from "node:fs";
import path from "node:path";
import { parseJson } from "@vj/schema";

/**
 * Reads `key=value` as a person writes it. A value in JSON (`true`, `0.5`, `null`, `["a"]`, `{"a":1}`, `"quoted"`) is
 * parsed; anything else is text.
 * @returns undefined when there is no `=`, or no key before it
 */
export function readSettingWord(word: string): [key: string, value: unknown] | undefined {
  const at = word.indexOf("=");
  return at < 1 ? undefined : [word.slice(0, at), readSettingValue(word.slice(at + 1))];
}

/** Reads one value as {@link readSettingWord} does. */
export function readSettingValue(text: string): unknown {
  const value = parseJson(text);
  // Text that is not JSON stays text: names and paths need no quotes.
  return value === undefined ? withAbsoluteFile(text) : value;
}

/** `file:song.wav` means a file in the current folder; the worker runs in another one. Any other text stays as it is. */
export function withAbsoluteFile(text: string): string {
  const relative = /^file:(?![/~])(.+)$/.exec(text)?.[1];
  if (relative === undefined) return text;
  const file = path.resolve(relative);
  return existsSync(file) ? `file:${file}` : text;
}
