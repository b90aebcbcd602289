import { bandEdgesHz, levelNames } from "@vj/schema";
import { fitText } from "../text/fit.ts";
import { history } from "../text/history.ts";
import { remember } from "../text/remember.ts";
import { Span, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { meter } from "./audio-box.ts";

const shortNames: Readonly<Record<string, string>> = { sub_bass: "sub", low_mid: "lomid", high_mid: "himid", presence: "pres" };

/** Name and range of each band, lowest first, then of the whole. */
const bands = levelNames.map((name, index): readonly [name: string, range: string] => {
  const from = bandEdgesHz[index];
  const to = bandEdgesHz[index + 1];
  return [shortNames[name] ?? name, from === undefined || to === undefined ? "" : `${hertz(from)}–${hertz(to)}`];
});

const lastHistory = remember<string[][]>();

const nameWidth = 6;
const rangeWidth = 10;
const valueWidth = 6;

/** The room for the meters. */
export interface MeterRoom {
  /** Cells. */
  readonly width: number;
  /** Rows of each band: with more of them the history is finer. */
  readonly rows: number;
}

/** Each band: its name, its level as a bar and a number, and its last moments. @param columns levels of each moment, oldest first */
export function levelRows(levels: readonly number[], columns: readonly (readonly number[])[], { width, rows }: MeterRoom): Line[] {
  const range = width >= 44 ? rangeWidth : 0;
  const room = Math.max(8, width - nameWidth - range - valueWidth - 1);
  // The history gets a third of what is left, where that is wide enough to be read.
  const historyWidth = room >= 18 ? Math.min(60, Math.floor(room / 3)) : 0;
  const charts = lastHistory([columns.at(-1), columns.length, historyWidth, rows], () => levels.map((_, band) => (historyWidth === 0 ? [] : history(columns.map((column) => column[band] ?? 0), historyWidth - 1, rows))));
  return levels.flatMap((value, band) => {
    const [name = "", hz = ""] = bands[band] ?? [];
    const [above = "", ...below] = charts[band] ?? [];
    const first = row(` ${fitText(name, nameWidth)}`, dim(fitText(hz, range)), meter(value, room - historyWidth), new Span(`  ${value.toFixed(2)}`), coloured("cyan", ` ${above}`));
    return [first, ...below.map((part) => row(" ".repeat(width - historyWidth), coloured("cyan", ` ${part}`)))];
  });
}

function hertz(frequency: number): string {
  return frequency >= 1000 ? `${frequency / 1000}k` : String(frequency);
}
