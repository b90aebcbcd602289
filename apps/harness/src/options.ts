import { lstatSync, statSync } from "node:fs";
import path from "node:path";
import { InvalidArgumentError } from "commander";

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** Help of an option that repeats a run by its seed. */
export const seedText = "repeats the run that printed this seed (default: a new one each time)";

/** The longest run: a week. */
const longestMs = 168 * 3_600_000;

/**
 * Reads a duration: `90s`, `10m`, `24h`, `1h30m`, `1.5h`.
 * @returns milliseconds, more than 0 and a week at most
 * @throws InvalidArgumentError, which the command line shows
 */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([smh])/g)];
  const ms = parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (unitMs[unit] ?? 0), 0);
  if (parts.map(([part]) => part).join("") !== text || ms <= 0 || ms > longestMs) {
    if (ms === 0 && parts.length > 0) throw new InvalidArgumentError("it must be longer than 0.");
    throw new InvalidArgumentError("write a duration up to 168h with its unit, for example 90s, 10m, 24h or 1h30m.");
  }
  return ms;
}

/** Reads a number of minutes, also as a duration with a unit. */
export function parseMinutes(text: string): number {
  const isPlain = /^\d+(\.\d+)?$/.test(text);
  if (!isPlain && !/^[\d.]+[smh]/.test(text)) throw new InvalidArgumentError("write minutes as a number, or a duration up to 168h with its unit, for example 90s or 10m.");
  return parseDuration(isPlain ? `${text}m` : text) / 60_000;
}

/**
 * Creates a parser of whole numbers for an option.
 * @param most the largest accepted number
 */
export function parseCount(least: number, most: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (!/^\d+$/.test(text) || count < least || count > most) throw new InvalidArgumentError(`write a whole number from ${least} to ${most}.`);
    return count;
  };
}

/** Reads the name of a file that a run writes at its end: what keeps it from being made is found at the beginning. */
export function parseNewFile(text: string): string {
  if (lstatSync(text, { throwIfNoEntry: false }) !== undefined) throw new InvalidArgumentError("something is there already; nothing is overwritten.");
  const folder = path.dirname(text);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new InvalidArgumentError(`the folder ${folder} does not exist.`);
  return text;
}
