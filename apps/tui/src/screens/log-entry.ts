import { isFields } from "@vj/rig";
import { parseJson } from "@vj/schema";
import { flatFacts } from "../text/facts.ts";
import { clock, plainValue } from "../text/format.ts";
import { rule } from "../text/panel.ts";
import { bold, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { fold } from "../text/wrap.ts";
import type { FoldedEntry } from "../widgets/log-lines.ts";
import type { Drawing, View } from "../widgets/view.ts";

/** Fields that are shown as such. */
const shownAbove = new Set(["time", "level", "msg", "name", "text", "source"]);

/** One line of the log with nothing cut, and every field that it was written with. */
export function drawLogEntry(folded: FoldedEntry | undefined, { width }: View): Drawing {
  if (folded === undefined) return { top: [row(bold("Logs"), dim(" › "), "this line is too old and is not kept any more")], list: [] };
  const { entry: { at, level, source, text, line }, repeats } = folded;
  const times = repeats > 1 ? `  ×${repeats}` : "";
  const written = parseJson(line);
  const fields = isFields(written) ? Object.entries(written).filter(([key, value]) => !shownAbove.has(key) && value !== text) : [];
  const facts = fields.flatMap(([key, value]) => flatFacts(key, value));
  const lines = facts.flatMap(([name, value]): Line[] => fold(`${name}  ${plainValue(value)}`, width - 4).map((part, index) => row(index === 0 ? "  " : "    ", index === 0 ? part : dim(part))));
  return {
    top: [row(bold("Logs"), dim(" › "), bold(source), dim(`  ${new Date(at).toISOString().slice(0, 10)} ${clock(at)}  `), level, times), []],
    list: [...fold(text, width - 2).map((part) => row(" ", part)), ...(lines.length === 0 ? [] : [[], rule("written with", width), ...lines])],
  };
}
