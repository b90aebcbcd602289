import { counted } from "@vj/schema";
import type { LatestEntry } from "@vj/telemetry";
import { alignRight, cutText, fitText } from "../text/fit.ts";
import { age, count, rate } from "../text/format.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { filterKeys, passesFilter } from "../ui/filter.ts";
import { scrolling } from "../ui/global-keys.ts";
import type { Screen } from "../ui/screen.ts";
import { lastValues } from "../widgets/osc-values.ts";
import type { Drawing, View } from "../widgets/view.ts";

/** All telemetry that arrives, one row per address. */
export const oscScreen: Screen<undefined> = {
  id: "osc",
  key: "6",
  title: "OSC",
  init: undefined,
  keys: () => [...filterKeys("addresses with"), ...scrolling()],
  draw,
  listens: () => "all",
};

function draw({ telemetry, width, now, signs, filter }: View): Drawing {
  const all = [...telemetry.entries.values()].sort((one, other) => one.message.address.localeCompare(other.message.address));
  const shown = all.filter(({ message }) => passesFilter(filter, message.address));
  const total = all.reduce((sum, entry) => sum + entry.rate, 0);
  const title = row(
    bold("OSC"),
    dim(" ─ what the workers send  "),
    `${rate(total)} msg/s`,
    dim(`  ${counted(all.length, "address", "addresses")}`),
    telemetry.malformed > 0 ? coloured("yellow", `  ${telemetry.malformed} malformed`) : "",
    filter === "" ? "" : coloured("cyan", `  filter ${filter}`),
  );
  if (all.length === 0) return { top: [title, [], row(dim("Nothing received yet"))], list: [] };
  const layout = columnWidths(shown, width);
  return { top: [title, headings(layout)], list: shown.map((entry) => entryLine(entry, layout, now, signs.warn)) };
}

interface Widths {
  readonly address: number;
  readonly tags: number;
  readonly last: number;
  readonly count: number;
}

function columnWidths(entries: readonly LatestEntry[], width: number): Widths {
  const longest = Math.max(10, ...entries.map(({ message }) => message.address.length));
  const address = Math.min(longest, Math.floor(width * 0.36));
  const tags = width >= 80 ? 9 : 0;
  const counts = width >= 60 ? 9 : 0;
  return { address, tags, count: counts, last: Math.max(6, width - address - tags - counts - 22) };
}

function headings({ address, tags, last, count: counts }: Widths): Line {
  const left = `  ${fitText("address", address)} ${fitText("tags", tags)}${fitText("last", last)}`;
  return row(dim(`${left} ${alignRight("rate", 7)}${alignRight("count", counts)} ${alignRight("age", 8)}`));
}

function entryLine(entry: LatestEntry, { address, tags, last, count: counts }: Widths, now: number, warn: string): Line {
  const { message, changedFrom } = entry;
  // A changed type breaks receivers that read by position, so it is shown instead of the values.
  const changed = changedFrom !== undefined;
  const values = changed ? `type changed: ${changedFrom} → ${message.tags}` : lastValues(entry);
  return row(
    changed ? coloured("yellow", fitText(warn, 2)) : "  ",
    fitText(cutText(message.address, address), address),
    " ",
    dim(tags === 0 ? "" : `${fitText(message.tags, tags - 1)} `),
    changed ? coloured("yellow", fitText(values, last)) : fitText(values, last),
    ` ${alignRight(rate(entry.rate), 7)}`,
    dim(alignRight(counts === 0 ? "" : count(entry.count), counts)),
    dim(` ${alignRight(age(now - entry.receivedAt), 8)}`),
  );
}
