import { spread } from "./fit.ts";
import { dim, row } from "./span.ts";
import type { Line } from "./span.ts";

/** The rows of a list that are in sight, so that the one at `at` is among them. Pure. @param room rows @param width cells */
export function windowAround(lines: readonly Line[], at: number, { room, width }: { readonly room: number; readonly width: number }): Line[] {
  const first = Math.max(0, Math.min(at - Math.floor(room / 2), lines.length - room));
  return withBelow(lines.slice(first, first + room), lines.length - first - room, width);
}

/** Rows that do not end here: the last one says how many are below. @param below number of rows out of sight; none or less: the rows as they are */
export function withBelow(rows: readonly Line[], below: number, width: number): Line[] {
  if (below <= 0 || rows.length < 2) return [...rows];
  return [...rows.slice(0, -1), spread(rows.at(-1) ?? [], row(dim(` ↓ ${below}`)), width)];
}
