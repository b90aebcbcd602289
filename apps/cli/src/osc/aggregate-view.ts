import { counted } from "@vj/schema";
import type { LatestEntry } from "@vj/telemetry";
import { formatValues } from "./osc-line.ts";
import { formatTable } from "../table.ts";

/** The terminal, in cells. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
}

/** Silent for this long, an address is shown as still. */
const stillMs = 3000;

/**
 * One line per address: rate, count, types, the last values; a change of type is marked. Sorted by address, cut to the screen, with
 * a last line that says what is not shown. @param now epoch ms @param overflow messages of addresses for which there was no room
 */
export function aggregateLines(entries: readonly LatestEntry[], { columns, rows }: Screen, now: number, overflow = 0): string[] {
  const sorted = [...entries].sort((one, other) => (one.message.address < other.message.address ? -1 : 1));
  const room = Math.max(1, rows - 2);
  const table = formatTable(["ADDRESS", "RATE", "COUNT", "TYPES", "LAST"], sorted.slice(0, room).map((entry) => row(entry, now)));
  const total = entries.reduce((sum, { rate }) => sum + rate, 0);
  const hidden = sorted.length - room;
  const left = [...(hidden > 0 ? [`${hidden} more: --filter shows them`] : []), ...(overflow > 0 ? [`too many addresses: ${counted(overflow, "message")} left out`] : [])];
  const summary = [`${counted(sorted.length, "address", "addresses")}, ${counted(Math.round(total), "message")} a second`, ...left, "ctrl-c ends"].join("; ");
  return [...table, summary].map((line) => line.slice(0, columns));
}

function row({ message, rate, count, receivedAt, changedFrom }: LatestEntry, now: number): string[] {
  const types = changedFrom === undefined ? message.tags : `${message.tags} (was ${changedFrom})`;
  const pace = now - receivedAt > stillMs ? "still" : `${rate.toFixed(rate < 10 ? 1 : 0)}/s`;
  return [message.address, pace, String(count), types === "" ? "-" : types, formatValues(message)];
}
