import { placeText } from "@vj/schema";
import { alignRight, cutText, fitText } from "../text/fit.ts";
import { count, rate } from "../text/format.ts";
import { signColours } from "../text/signs.ts";
import { Span, clickable, coloured, dim, row, selected } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import type { TargetRow } from "./target-rows.ts";
import type { View } from "./view.ts";

/** Cells of each column; 0: there is no room for it. */
interface Columns {
  readonly name: number;
  readonly place: number;
  readonly shape: number;
  readonly limit: number;
  readonly rate: number;
  readonly faults: number;
  readonly guard: number;
}

/** The table: its headings, and a row for each target; the selected one in reverse video. */
export function targetTable(rows: readonly TargetRow[], at: number, view: View): { readonly head: Line; readonly lines: readonly Line[] } {
  const columns = columnsFor(rows, view.width);
  return { head: headings(columns, view), lines: rows.map((target, index) => tableRow(target, columns, view, index === at)) };
}

/** The state needs this many cells at least: `! nobody listens`. */
const stateWidth = 16;

function columnsFor(rows: readonly TargetRow[], width: number): Columns {
  const longestName = Math.max(6, ...rows.map(({ name }) => name.length));
  const longestPlace = Math.max(9, ...rows.map(({ target: { host, port } }) => host.length + String(port).length + 1));
  let room = width - stateWidth - 2;
  const take = (wanted: number, least = wanted): number => {
    const got = room >= wanted ? wanted : room >= least ? room : 0;
    room -= got;
    return got;
  };
  const name = take(Math.min(longestName, 20) + 1, 8);
  const perSecond = take(7);
  const guard = take(6);
  const place = take(Math.min(longestPlace, 28) + 1, 12);
  const shape = take(14);
  const limit = take(8);
  return { name, place, shape, limit, rate: perSecond, faults: take(10), guard };
}

function headings({ name, place, shape, limit, rate: perSecond, faults, guard }: Columns, { signs }: View): Line {
  const mark = " ".repeat(signs.ok.length + 1);
  const texts = [fitText("name", name), fitText("host:port", place), fitText("shape", shape), alignRight("limit", limit - 1), alignRight("sent/s", perSecond), alignRight("err+drop", faults), fitText(" guard", guard)];
  return row(dim(`${mark}${texts.join("")} state`));
}

function tableRow({ name, target, written, flow, sign, word }: TargetRow, columns: Columns, { signs, width }: View, isSelected: boolean): Line {
  const { host, port, view } = target;
  const colour = signColours[sign];
  const mark = colour === undefined ? dim(signs[sign]) : new Span(signs[sign], { colour, bold: true });
  const perSecond = flow?.rate === undefined ? "–" : rate(flow.rate);
  const faults = flow === undefined ? "–" : count(flow.errors + flow.dropped);
  const isFaulty = flow !== undefined && flow.errors + flow.dropped > 0;
  const used = signs.ok.length + 2 + Object.values(columns).reduce((sum: number, cells: number) => sum + cells, 0);
  const limit = written === undefined ? "?" : view.rate === undefined ? (view.on_change ? "changes" : "–") : `${view.rate}/s`;
  const line = row(
    mark,
    " ",
    fitText(cutText(name, columns.name - 1), columns.name),
    fitText(cutText(placeText({ host, port }), columns.place - 1), columns.place),
    dim(fitText(cutText(written === undefined ? "?" : (written.preset ?? view.shape), columns.shape - 1), columns.shape)),
    alignRight(limit, columns.limit - 1),
    alignRight(perSecond, columns.rate),
    isFaulty ? coloured("yellow", alignRight(faults, columns.faults)) : alignRight(faults, columns.faults),
    view.safe ? coloured("green", fitText(" safe", columns.guard)) : fitText(written === undefined ? " ?" : " –", columns.guard),
    " ",
    colour === undefined ? dim(cutText(word, Math.max(0, width - used))) : coloured(colour, cutText(word, Math.max(0, width - used))),
  );
  const whole = clickable(line, { kind: "mark", id: name });
  return isSelected ? selected(whole) : whole;
}
