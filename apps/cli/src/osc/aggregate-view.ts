import { counted, sanitizeText } from "@vj/schema";
import type { DroppedPackets, LatestEntry } from "@vj/telemetry";
import { formatValues } from "./osc-line.ts";
import { formatTable } from "../table.ts";

/** The terminal, in cells. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
}

/** Longer type tags are cut, characters. */
const longestTags = 16;

/** What could not be read, or for which there was no room. */
export interface Missed {
  /** Messages of addresses beyond those that are kept. */
  readonly overflow?: number;
  readonly dropped?: readonly DroppedPackets[];
  /** Why nothing comes, or something is missing. */
  readonly problem?: string | undefined;
}

/** Silent for this long, an address is shown as still. */
const stillMs = 3000;

/**
 * One line per address: rate, count, types, the last values; a change of type is marked. Sorted by address, cut to the screen, with
 * last lines that say what is not shown, which packets were dropped and what is wrong. @param now epoch ms
 */
export function aggregateLines(entries: readonly LatestEntry[], { columns, rows }: Screen, now: number, { overflow = 0, dropped = [], problem }: Missed = {}): string[] {
  const sorted = [...entries].sort((one, other) => (one.message.address < other.message.address ? -1 : 1));
  const drops = [...dropLine(dropped), ...(problem === undefined ? [] : [problem])];
  const room = Math.max(1, rows - 2 - drops.length);
  const table = formatTable(["ADDRESS", "RATE", "COUNT", "TYPES", "LAST"], sorted.slice(0, room).map((entry) => row(entry, now, columns)));
  const total = entries.reduce((sum, { rate }) => sum + rate, 0);
  const hidden = sorted.length - room;
  const left = [...(hidden > 0 ? [`${hidden} more: --filter shows them`] : []), ...(overflow > 0 ? [`too many addresses: ${counted(overflow, "message")} left out`] : [])];
  const summary = [`${counted(sorted.length, "address", "addresses")}, ${counted(Math.round(total), "message")} a second`, ...left, "ctrl-c ends"].join("; ");
  return [...table, summary, ...drops].map((line) => line.slice(0, columns));
}

function row({ message, rate, count, receivedAt, changedFrom }: LatestEntry, now: number, columns: number): string[] {
  const types = changedFrom === undefined ? tagsText(message.tags) : `${tagsText(message.tags)} (was ${tagsText(changedFrom)})`;
  const pace = now - receivedAt > stillMs ? "still" : `${rate.toFixed(rate < 10 ? 1 : 0)}/s`;
  return [sanitizeText(message.address), pace, String(count), types === "" ? "-" : types, formatValues(message, columns)];
}

/** Type tags as a cell: long ones with their number, so that the values keep their room. */
function tagsText(tags: string): string {
  return tags.length <= longestTags ? tags : `${tags.slice(0, longestTags - 6)}… (${tags.length})`;
}

/** The sender and the reason that cost the most packets; none when nothing was dropped. */
function dropLine(dropped: readonly DroppedPackets[]): string[] {
  const total = dropped.reduce((sum, { count }) => sum + count, 0);
  const [most] = [...dropped].sort((one, other) => other.count - one.count);
  return most === undefined ? [] : [`${counted(total, "packet")} dropped, ${most.count} of them from ${most.sender}: ${sanitizeText(most.reason)}`];
}
