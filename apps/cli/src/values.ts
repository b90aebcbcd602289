import { existsSync } from "node:fs";
import path from "node:path";
import { CliError, exitCodes } from "./cli-error.ts";

/**
 * Reads `key=value` words into the arguments of a command. A value that is JSON (`true`, `0.5`, `null`, `["a"]`,
 * `{"a":1}`, `"quoted"`) becomes that; anything else is text.
 * @throws CliError naming the word that has no `=`, or no key before it.
 */
export function parseValues(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf("=");
      if (at < 1) {
        throw new CliError(`cannot read "${word}"`, { hint: "write key=value, for example enable_bpm=false", exitCode: exitCodes.usage });
      }
      return [word.slice(0, at), parseValue(word.slice(at + 1))];
    }),
  );
}

/** One value of a command line. */
export function parseValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // No JSON, so it means itself: names and paths need no quotes.
    return withAbsoluteFile(text);
  }
}

/** `file:song.wav` means a file of this folder; the worker that gets it runs in another one. */
function withAbsoluteFile(text: string): string {
  const relative = /^file:(?![/~])(.+)$/.exec(text)?.[1];
  if (relative === undefined) return text;
  const file = path.resolve(relative);
  return existsSync(file) ? `file:${file}` : text;
}

/**
 * Reads a whole number of an option.
 * @throws CliError when it is none, or outside `min`..`max`.
 */
export function parseInteger(text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new CliError(`"${text}" is not a whole number from ${min} to ${max}`, { exitCode: exitCodes.usage });
  }
  return value;
}

/**
 * Reads names separated by commas.
 * @throws CliError when there is none
 */
export function parseNames(text: string): string[] {
  const names = text.split(",").map((name) => name.trim()).filter((name) => name !== "");
  if (names.length === 0) throw new CliError(`"${text}" names no worker`, { hint: "write names separated by commas", exitCode: exitCodes.usage });
  return names;
}
