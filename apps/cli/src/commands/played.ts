import { readHistory } from "@vj/now-playing";
import { readEnvironment } from "@vj/worker";
import type { Command } from "commander";
import { CliError, exitCodes } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { printJson, printLine } from "../output.ts";
import { trackLine } from "../track-line.ts";

/** Default period, ms: tracks that began in the last twelve hours. */
const nightMs = 12 * 3_600_000;
const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export function command(): Command {
  return newCommand("played", "Lists the tracks that were played: the set list of the night", ["played", "played --since 20:30", "played --since 3d --json"])
    .option("--since <when>", "a time of day, a date, or a duration (90m, 12h, 7d)")
    .option("--all", "all stored tracks")
    .option("--json", "one JSON object per line, as in the file")
    .action(run);
}

function run({ since, all = false, json = false }: { since?: string; all?: boolean; json?: boolean }): void {
  const from = all ? 0 : since === undefined ? Date.now() - nightMs : parseSince(since, Date.now());
  const tracks = readHistory(readEnvironment().dataDir, from);
  if (json) return tracks.forEach((track) => printJson(track));
  if (tracks.length === 0) printLine(all ? "nothing was shown yet" : `nothing was shown since ${localTime(from)}; vj played --all lists older nights`);
  for (const { at, artist, title, source } of tracks) printLine(`${localTime(at)}  ${trackLine({ artist, title, source })}`);
}

/** @returns epoch ms. @throws CliError when it is not a time. */
export function parseSince(text: string, now: number): number {
  const ago = /^(\d{1,6})([mhd])$/.exec(text);
  if (ago !== null) return now - Number(ago[1]) * (units[ago[2] ?? ""] ?? 0);
  const clock = /^(\d{1,2}):(\d{2})$/.exec(text);
  const time = clock === null ? dateOf(text) : timeOfDay(Number(clock[1]), Number(clock[2]), now);
  if (Number.isNaN(time)) {
    throw new CliError(`"${text}" is not a time`, {
      hint: "for example --since 20:30, --since 2026-11-26, --since \"2026-11-26 20:30\", --since 2026-11-26T19:30Z or --since 12h",
      exitCode: exitCodes.usage,
    });
  }
  return time;
}

/** A date, alone or with a time of day: of this machine's time zone unless it names another. */
function dateOf(text: string): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  if (parts === null) return Number.NaN;
  const [, year = "", month = "", day = "", time = "00:00", zone = ""] = parts;
  // JavaScript takes the 31st of February for the 3rd of March.
  if (new Date(Number(year), Number(month) - 1, Number(day)).getDate() !== Number(day)) return Number.NaN;
  return Date.parse(`${year}-${month}-${day}T${time}${zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2")}`);
}

/** The last moment with this time of day. */
function timeOfDay(hours: number, minutes: number, now: number): number {
  if (hours > 23 || minutes > 59) return Number.NaN;
  const time = new Date(now);
  time.setHours(hours, minutes, 0, 0);
  if (time.getTime() > now) time.setDate(time.getDate() - 1);
  return time.getTime();
}

/** @param at epoch ms, or ISO 8601 */
function localTime(at: number | string): string {
  const time = new Date(at);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
