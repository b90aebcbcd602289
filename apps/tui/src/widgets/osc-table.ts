import type { OscRow } from "../telemetry/osc-rows.ts";
import type { RecentMessage } from "../telemetry/snapshot.ts";
import { alignRight, cutText, fitText } from "../text/fit.ts";
import { age, clock, count, rate } from "../text/format.ts";
import { clickable, coloured, dim, row, selected } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { shortValues } from "./osc-values.ts";
import type { View } from "./view.ts";

interface Widths {
  readonly address: number;
  readonly tags: number;
  readonly last: number;
  readonly count: number;
  readonly age: number;
}

/** The tree with its headings; the selected row in reverse video. */
export function oscTable(rows: readonly OscRow[], at: number, view: View): { readonly head: Line; readonly lines: readonly Line[] } {
  const widths = columnWidths(rows, view.width);
  return {
    head: headings(widths),
    lines: rows.map((one, index) => {
      // Rows out of sight stay empty: those of strangers may be long, and there may be thousands.
      if (Math.abs(index - at) > view.height) return [];
      const drawn = one.kind === "prefix" ? prefixLine(one, widths, view) : addressLine(one, widths, view);
      const line = clickable(drawn, { kind: "mark", id: one.id });
      return index === at ? selected(line) : line;
    }),
  };
}

/** Cells of a column of figures: age, count or tags. */
const figures = 9;
/** The values keep this many cells before any of these columns is shown. */
const leastValues = 10;

function columnWidths(rows: readonly OscRow[], width: number): Widths {
  const longest = Math.max(12, ...rows.map(({ id }) => id.length + 3));
  const address = Math.min(longest, Math.floor(width * 0.42));
  let last = Math.max(4, width - address - 10);
  const column = (): number => {
    if (last - figures < leastValues) return 0;
    last -= figures;
    return figures;
  };
  // The first of these is left out last.
  const [ages, counts, tags] = [column(), column(), column()];
  return { address, tags, count: counts, age: ages, last };
}

function headings({ address, tags, last, count: counts, age: ages }: Widths): Line {
  return row(dim(`  ${fitText("address", address)}${fitText("tags", tags)}${fitText("last", last)}${alignRight("rate", 7)}${alignRight("count", counts)}${alignRight(ages === 0 ? "" : "age", ages)}`));
}

function prefixLine(group: Extract<OscRow, { kind: "prefix" }>, { address, tags, last, count: counts, age: ages }: Widths, { now, signs }: View): Line {
  const sign = group.changed ? coloured("yellow", fitText(signs.warn, 2)) : dim(group.folded ? "▸ " : "▾ ");
  const name = group.id.replace(/ …$/, "");
  return row(
    sign,
    fitText(shortened(`${group.changed ? (group.folded ? "▸ " : "▾ ") : ""}${name}`, address), address),
    dim(fitText(`${group.addresses} below`, tags + last)),
    alignRight(rate(group.rate), 7),
    dim(alignRight(counts === 0 ? "" : count(group.count), counts)),
    dim(alignRight(ages === 0 ? "" : age(now - group.receivedAt), ages)),
  );
}

function addressLine({ entry }: Extract<OscRow, { kind: "address" }>, { address, tags, last, count: counts, age: ages }: Widths, { now, signs }: View): Line {
  // A changed type breaks receivers that read by position, so it is shown instead of the values.
  const changed = entry.changedFrom !== undefined;
  const values = changed ? `type changed: ${entry.changedFrom} → ${entry.tags}` : shortValues(entry.args, entry.tags);
  return row(
    changed ? coloured("yellow", fitText(signs.warn, 2)) : "  ",
    fitText(shortened(`  ${entry.address}`, address - 1), address),
    dim(fitText(cutText(entry.tags, tags - 1), tags)),
    changed ? coloured("yellow", fitText(shortened(values, last - 1), last)) : fitText(shortened(values, last - 1), last),
    alignRight(rate(entry.rate), 7),
    dim(alignRight(counts === 0 ? "" : count(entry.count), counts)),
    dim(alignRight(ages === 0 ? "" : age(now - entry.receivedAt), ages)),
  );
}

/** One message as it came. */
export function rawLine({ message: { address, tags, args }, receivedAt }: RecentMessage, width: number): Line {
  const ms = String(Math.floor(receivedAt) % 1000).padStart(3, "0");
  const time = width >= 60 ? `${clock(receivedAt)}.${ms} ` : `${ms} `;
  return row(dim(` ${time}`), shortened(address, Math.floor(width / 2)), dim(width >= 60 ? ` ${cutText(tags, 16)} ` : " "), shortened(shortValues(args, tags), width));
}

/** A text in at most `cells` cells. Its end is left out first: to measure a long one takes time in every picture. */
function shortened(text: string, cells: number): string {
  return cutText(text.slice(0, Math.max(0, cells) * 4), cells);
}
