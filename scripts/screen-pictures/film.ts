import type { PaintedPicture } from "../../apps/tui/src/session.ts";
import { drawRun, drawTerminal } from "./svg.ts";
import { textRuns } from "./text-runs.ts";
import type { TextRun } from "./text-runs.ts";

/** A text that stands in its cells from one frame up to, without, another one. */
interface Standing {
  readonly row: number;
  readonly run: TextRun;
  readonly from: number;
  readonly to: number;
}

export interface FilmOptions {
  /** Pictures of one size, at equal distances. */
  readonly frames: readonly PaintedPicture[];
  /** Frames in a second. */
  readonly rate: number;
  /** The frame that is shown where nothing may move, or cannot. */
  readonly still: number;
  readonly title: string;
}

/**
 * A film that repeats, as one SVG: each text is drawn once for as long as it stands, and hidden before and after by CSS. Who asked
 * for less motion, and programs that know no CSS animation, see one frame.
 */
export function drawFilm({ frames, rate, still, title }: FilmOptions): string {
  const [first] = frames;
  if (first === undefined) throw new Error("a film needs a frame");
  const count = frames.length;
  const standings = standingsOf(frames);
  const seconds = count / rate;
  const lengths = [...new Set(standings.map(lengthOf))].filter((length) => length < count).sort((one, other) => one - other);
  const rules = [
    `.f{visibility:hidden}.s{visibility:visible}`,
    "@media (prefers-reduced-motion:no-preference){",
    `.f{animation:${seconds}s step-end infinite}`,
    // A frame counts from its begin; the rest of the round it is hidden.
    ...lengths.map((length) => `@keyframes k${length}{0%{visibility:visible}${percent(length / count)}{visibility:hidden}to{visibility:hidden}}.l${length}{animation-name:k${length}}`),
    "}",
  ].join("");
  const content = standings.map((standing) => {
    const { run, row, from, to } = standing;
    if (lengthOf(standing) === count) return drawRun(run, row);
    const shown = from <= still && still < to ? " s" : "";
    // Begun in the past, so that all of them are in their place from the start.
    const delay = (from - count) / rate;
    return drawRun(run, row, { more: `f l${lengthOf(standing)}${shown}`, attributes: ` style="animation-delay:${delay}s"` });
  });
  return drawTerminal({ columns: first.width, rows: first.rows.length, title, rules }, content.map((text) => `${text}\n`).join(""));
}

const lengthOf = ({ from, to }: Standing): number => to - from;
const percent = (part: number): string => `${Math.round(part * 1e5) / 1e3}%`;

function standingsOf(frames: readonly PaintedPicture[]): Standing[] {
  const over: Standing[] = [];
  let standing = new Map<string, Standing>();
  frames.forEach(({ rows, width }, frame) => {
    const next = new Map<string, Standing>();
    rows.forEach((source, row) => {
      for (const run of textRuns(source, width)) {
        const key = [row, run.column, run.style, run.text].join("|");
        next.set(key, { row, run, from: standing.get(key)?.from ?? frame, to: frame + 1 });
      }
    });
    over.push(...[...standing].filter(([key]) => !next.has(key)).map(([, one]) => one));
    standing = next;
  });
  return [...over, ...standing.values()].sort((one, other) => one.from - other.from || one.row - other.row || one.run.column - other.run.column);
}
