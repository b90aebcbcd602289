import { readSettingWord } from "@vj/rig/setting-words";
import { CliError, exitCodes } from "./cli-error.ts";

/**
 * Reads `key=value` words into the arguments of a command.
 * @throws CliError that names a word without `=`, or without a key before it.
 */
export function parseValues(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    words.map((word) => {
      const read = readSettingWord(word);
      if (read !== undefined) return read;
      throw new CliError(`cannot read "${word}"`, { hint: "write key=value, for example enable_bpm=false", exitCode: exitCodes.usage });
    }),
  );
}

/**
 * Reads a whole number of an option.
 * @throws CliError when it is not a number, or outside `min`..`max`.
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
  if (names.length === 0) throw new CliError(`"${text}" does not name a worker`, { hint: "write names separated by commas", exitCode: exitCodes.usage });
  return names;
}
