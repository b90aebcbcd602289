import type { Analysis, SectionName } from "@vj/audio";
import { shortClock } from "../recording/clock-text.ts";
import { factsOf } from "./report.ts";
import { area, fitted, label, rect, short, textWidth, ticks } from "./svg.ts";
import type { Box, Point } from "./svg.ts";
import { groupsOf, largest, strideOf } from "./thin.ts";

/** Sizes in pixels of the picture's own units. */
const width = 1600;
const left = 90;
const right = 36;
const rows = { title: 38, facts: 64, sections: 80, level: 116, bass: 258, phrases: 316, bars: 346, tempo: 398, axis: 552, sectionKey: 588, signKey: 616 } as const;
const heights = { sections: 28, level: 138, bass: 50, bars: 36, tempo: 132 } as const;
const height = 640;
const inner = width - left - right;
const titleSize = 20;
const textSize = 13;
/** Closer lines are not drawn each: bars, beats, numbers of phrases; pixels. */
const apart = { bars: 4, beats: 3, triangles: 9, numbers: 32 } as const;

const colours: Readonly<Record<SectionName, string>> = {
  intro: "#3f97a8",
  groove: "#3f8f6b",
  break: "#5b76c4",
  build: "#b98a2c",
  drop: "#c4514f",
  outro: "#8a64b4",
  silence: "#3d434f",
};

const paint = { paper: "#14171d", panel: "#1c2129", text: "#dfe4ec", faint: "#8d97a8", line: "#2c333f", level: "#4d9bd6", bass: "#8a7be0", beat: "#5b6675", bar: "#dfe4ec", phrase: "#7fd1ae", tempo: "#f0b955" } as const;

/** Where a time is, in pixels. */
type Place = (seconds: number) => number;

/** Steps of the time axis, s: a few round ones, the last for a whole day. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

function timesOf(duration: number): number[] {
  const step = timeSteps.find((seconds) => duration / seconds <= 16) ?? duration;
  return Array.from({ length: Math.floor(duration / Math.max(step, 1)) + 1 }, (_, k) => k * step);
}

/** Neighbouring pixels of one section, and the time at which it began. */
interface SectionRun {
  readonly name: SectionName;
  readonly start: number;
  readonly from: number;
  to: number;
}

/** A pixel belongs to the section at its middle, so that sections of no length have none. */
function sectionRuns({ sections, duration }: Analysis): SectionRun[] {
  const runs: SectionRun[] = [];
  let k = 0;
  for (let pixel = 0; duration > 0 && pixel < inner; pixel += 1) {
    const time = ((pixel + 0.5) / inner) * duration;
    while ((sections[k + 1]?.[0] ?? Infinity) <= time) k += 1;
    const section = sections[k];
    if (section === undefined) break;
    const [start, name] = section;
    const last = runs.at(-1);
    if (last?.name === name) last.to = pixel + 1;
    else runs.push({ name, start, from: pixel, to: pixel + 1 });
  }
  return runs;
}

function sectionStrip(analysis: Analysis): string {
  const runs = sectionRuns(analysis);
  return runs
    .map(({ name, start, from, to }, k) => {
      const wide = to - from - (to - from > 3 ? 1 : 0);
      const note = `${name} ${shortClock(start)}–${shortClock(runs[k + 1]?.start ?? analysis.duration)}`;
      const box = rect([left + from, rows.sections, wide, heights.sections], colours[name], wide > 8 ? 'rx="3"' : "", note);
      return box + (textWidth(name, textSize) + 14 <= wide ? label(left + from + 7, rows.sections + 19, name, "name") : "");
    })
    .join("");
}

/** Build-ups as a shade, at most one to a pixel. */
function buildupShades({ buildups }: Analysis, x: Place, high: number): string {
  const distinct = new Map(buildups.filter(([from, to]) => to > from).map(([from, to]) => [Math.round(x(from)), { from: x(from), to: x(to) }]));
  return Array.from(distinct.values(), ({ from, to }) => rect([from, rows.level, Math.max(1, to - from), high], colours.build, 'opacity="0.35"')).join("");
}

/** A curve at most one point to a pixel, from edge to edge. @param height of a value, in pixels */
function pointsOf(values: readonly number[], { curves, duration }: Analysis, x: Place, toY: (value: number) => number): Point[] {
  const points = groupsOf(values.length, inner).map(([from, to]): Point => [x(Math.min(duration, ((from + to) / 2) * curves.step)), toY(Math.min(1, Math.max(0, largest(values, from, to))))]);
  const [first, last] = [points[0], points.at(-1)];
  return first === undefined || last === undefined ? [] : [[x(0), first[1]], ...points, [x(duration), last[1]]];
}

/** Level as a shape around a middle line, bass as one that stands on a line. */
function loudness(analysis: Analysis, x: Place): string {
  const [middle, foot] = [rows.level + heights.level / 2, rows.bass + heights.bass];
  const upper = pointsOf(analysis.curves.level, analysis, x, (value) => middle - (value * heights.level) / 2);
  const bass = pointsOf(analysis.curves.bass, analysis, x, (value) => foot - value * heights.bass);
  return area(upper, upper.map(([at, y]) => [at, 2 * middle - y]), paint.level) + area(bass, [[x(0), foot], [x(analysis.duration), foot]], paint.bass);
}

/** Those that are this far from the one before, pixels. */
function spaced(marks: readonly Mark[], least: number): Mark[] {
  let last = -Infinity;
  return marks.filter(({ at }) => {
    if (at - last < least) return false;
    last = at;
    return true;
  });
}

/** Where a phrase begins, in pixels, and its number. */
interface Mark {
  readonly at: number;
  readonly number: number;
}

/** Phrases as triangles, with as many of their numbers as there is room for. */
function phraseMarks({ phrases }: Analysis, x: Place, scale: number): string {
  const each = (least: number): Mark[] => {
    const stride = strideOf(phrases, scale, least);
    return phrases.map((time, k) => ({ at: x(time), number: k + 1 })).filter((_, k) => k % stride === 0);
  };
  const triangles = spaced(each(apart.triangles), apart.triangles / 2).map(({ at }) => `M${short(at - 4)} ${rows.phrases + 16}h8l-4 8z`);
  const numbers = spaced(each(apart.numbers), apart.numbers - 6).map(({ at, number }) => label(at, rows.phrases + 12, String(number), "small"));
  return triangles.length === 0 ? "" : `<path d="${triangles.join("")}" fill="${paint.phrase}"/>${numbers.join("")}`;
}

/** Bars, and beats where there is room for them. */
function barLines({ beats, downbeats }: Analysis, x: Place, scale: number): { lines: string; key: string } {
  const every = strideOf(downbeats, scale, apart.bars, 8);
  const bars = ticks(downbeats.filter((_, k) => k % every === 0).map(x), [rows.bars, heights.bars], paint.bar, every === 1 && downbeats.length < inner / 12 ? 1.5 : 1);
  const small = strideOf(beats, scale, apart.beats) === 1 ? ticks(beats.map(x), [rows.bars + 20, heights.bars - 20], paint.beat, 1) : "";
  return { lines: small + bars, key: `${every === 1 ? "bar" : `every ${every} bars`}${small === "" ? "" : ", short lines: beats"}` };
}

/** Tempo as a line whose strength is its confidence, on an axis around the tempi that occur. */
function tempoCurve({ curves: { bpm, confidence, step }, duration }: Analysis, x: Place): string {
  const known = bpm.filter((value) => value > 0);
  if (known.length === 0) return label(left + 12, rows.tempo + heights.tempo / 2 + 5, "no tempo found", "faint");
  const low = Math.floor(-largest(known.map((value) => -value)) / 10) * 10 - 5;
  const high = Math.ceil(largest(known) / 10) * 10 + 5;
  const y = (value: number): number => rows.tempo + heights.tempo * (1 - (value - low) / (high - low));
  const apartBpm = [10, 20, 50].find((each) => (high - low) / each <= 6) ?? 100;
  const lines = Array.from({ length: Math.floor((high - low) / 10) }, (_, k) => low + 5 + 10 * k).filter((value) => high - low <= 20 || value % apartBpm === 0);
  const grid = lines.map((value) => `<path d="M${left} ${short(y(value))}h${inner}" stroke="${paint.line}"/>${label(left - 10, y(value) + 4, String(value), "side")}`);
  const strengths = new Map<number, string>();
  for (const [from, to] of groupsOf(bpm.length, inner)) {
    const best = Array.from({ length: to - from }, (_, k) => from + k).filter((k) => (bpm[k] ?? 0) > 0).reduce<number | undefined>((a, b) => (a === undefined || (confidence[b] ?? 0) > (confidence[a] ?? 0) ? b : a), undefined);
    if (best === undefined) continue;
    const strength = Math.round(10 * (confidence[best] ?? 0));
    const wide = x(Math.min(duration, to * step)) - x(from * step);
    strengths.set(strength, `${strengths.get(strength) ?? ""}M${short(x(from * step))} ${short(y(bpm[best] ?? 0))}h${short(Math.max(1, wide))}`);
  }
  const traces = Array.from(strengths, ([strength, path]) => `<path d="${path}" opacity="${short(0.15 + 0.085 * strength)}"/>`);
  return `${grid.join("")}<g stroke="${paint.tempo}" stroke-width="4" fill="none">${traces.join("")}</g>`;
}

/** What a colour or a sign means. @param draw from its left edge and the line of the text */
interface KeyEntry {
  readonly text: string;
  readonly draw: (x: number, y: number) => string;
}

function keyRow(entries: readonly KeyEntry[], y: number): string {
  let x = left;
  return entries
    .map(({ text, draw }) => {
      const entry = draw(x, y) + label(x + 22, y, text, "faint");
      x += 22 + textWidth(text, textSize) + 20;
      return entry;
    })
    .join("");
}

/** Only what occurs. */
function keys({ sections, drops, buildups, phrases, downbeats, curves }: Analysis, barKey: string): string {
  const names = new Set<string>(sections.map(([, name]) => name));
  const swatch = (colour: string, more = "") => (x: number, y: number): string => rect([x, y - 11, 14, 13], colour, more);
  const line = (colour: string, thick: number) => (x: number, y: number): string => ticks([x + 7], [y - 11, 13], colour, thick);
  const signs: (KeyEntry | false)[] = [
    drops.length > 0 && { text: "drop", draw: line(colours.drop, 3) },
    buildups.length > 0 && { text: "build-up", draw: swatch(colours.build, 'opacity="0.35"') },
    phrases.length > 0 && { text: "start of a phrase", draw: (x, y) => `<path d="M${x + 3} ${y - 9}h8l-4 8z" fill="${paint.phrase}"/>` },
    downbeats.length > 0 && { text: barKey, draw: line(paint.bar, 1.5) },
    curves.bpm.some((bpm) => bpm > 0) && { text: "tempo, the stronger the surer", draw: (x, y) => `<path d="M${x} ${y - 4}h14" stroke="${paint.tempo}" stroke-width="4"/>` },
  ];
  const occurring = Object.entries(colours).filter(([name]) => names.has(name));
  return keyRow(occurring.map(([text, colour]) => ({ text, draw: swatch(colour, 'rx="3"') })), rows.sectionKey) + keyRow(signs.filter((sign) => sign !== false), rows.signKey);
}

const style = `.title{font-size:${titleSize}px;font-weight:600}.side{text-anchor:end;fill:${paint.faint}}.time{text-anchor:middle;fill:${paint.faint}}.faint{fill:${paint.faint}}.small{font-size:11px;text-anchor:middle;fill:${paint.phrase}}.name{font-weight:600;fill:#fff}`;

/**
 * The results of an analysis as a picture: sections, level and bass, phrases, bars and beats, drops and build-ups, tempo by confidence. Its size
 * has a limit, however long the recording is.
 * @param title one line; any text
 * @returns SVG
 */
export function analysisPicture(title: string, analysis: Analysis): string {
  const { duration, drops } = analysis;
  const scale = inner / Math.max(duration, 0.001);
  const x: Place = (seconds) => left + scale * seconds;
  const times = timesOf(duration);
  const panels: readonly Box[] = [[left, rows.level, inner, heights.level], [left, rows.bass, inner, heights.bass], [left, rows.tempo, inner, heights.tempo]];
  const loud = rows.bass + heights.bass - rows.level;
  const bars = barLines(analysis, x, scale);
  const sides = [["sections", rows.sections + 19], ["level", rows.level + heights.level / 2 + 5], ["bass", rows.bass + heights.bass / 2 + 5], ["phrases", rows.phrases + 20], ["bars", rows.bars + 23]] as const;
  const parts = [
    rect([0, 0, width, height], paint.paper),
    label(left, rows.title, fitted(title, titleSize, inner), "title"),
    label(left, rows.facts, fitted(factsOf(analysis).join(" · "), textSize, inner), "faint"),
    ...panels.map((panel) => rect(panel, paint.panel)),
    ticks(times.map(x), [rows.level, rows.tempo + heights.tempo - rows.level], paint.line, 1),
    sectionStrip(analysis),
    loudness(analysis, x),
    buildupShades(analysis, x, loud),
    ticks(drops.map(x), [rows.level, loud], colours.drop, 3),
    phraseMarks(analysis, x, scale),
    bars.lines,
    tempoCurve(analysis, x),
    ...sides.map(([name, y]) => label(left - 10, y, name, "side")),
    label(14, rows.tempo + 14, "BPM", "faint"),
    ...times.map((time) => label(x(time), rows.axis, shortClock(time), "time")),
    keys(analysis, bars.key),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="${textSize}" fill="${paint.text}"><style>${style}</style>${parts.join("")}</svg>\n`;
}
