import type { Analysis, SectionName } from "@vj/audio";

/** Sizes in pixels of the picture's own units. */
const width = 1600;
const left = 70;
const right = 20;
const rows = { title: 34, sections: 62, wave: 100, beats: 290, tempo: 350, axis: 500 } as const;
const heights = { sections: 26, wave: 170, beats: 40, tempo: 130 } as const;
const height = 540;
const inner = width - left - right;

const colours: Readonly<Record<SectionName, string>> = {
  intro: "#7c8aa5",
  groove: "#3f8f6b",
  break: "#5b76c4",
  build: "#c79432",
  drop: "#c4514f",
  outro: "#7c8aa5",
  silence: "#3a3f4a",
};

const paint = { paper: "#14171d", panel: "#1c2129", text: "#dfe4ec", faint: "#8d97a8", line: "#2c333f", wave: "#4d9bd6", bass: "#8fd0ff", beat: "#5b6675", bar: "#dfe4ec", tempo: "#f0b955" } as const;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const short = (value: number): string => value.toFixed(1);
const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function label(x: number, y: number, text: string, more = ""): string {
  return `<text x="${short(x)}" y="${short(y)}" ${more}>${escaped(text)}</text>`;
}

/** Left, top, width and height. */
type Box = readonly [x: number, y: number, w: number, h: number];

function rect([x, y, w, h]: Box, fill: string, more = ""): string {
  return `<rect x="${short(x)}" y="${y}" width="${short(Math.max(0, w))}" height="${h}" fill="${fill}" ${more}/>`;
}

/** Vertical lines, as one path. */
function ticks(xs: readonly number[], [y, h]: readonly [y: number, h: number], colour: string, thickness: number): string {
  return `<path d="${xs.map((x) => `M${short(x)} ${y}v${h}`).join("")}" stroke="${colour}" stroke-width="${thickness}" fill="none"/>`;
}

/** A shape around a middle line, from values 0..1. */
function mirrored(values: readonly number[], at: (index: number) => number, colour: string): string {
  const middle = rows.wave + heights.wave / 2;
  const y = (value: number): number => (Math.min(1, value) * heights.wave) / 2;
  const upper = values.map((value, k) => `${short(at(k))} ${short(middle - y(value))}`);
  const lower = values.map((value, k) => `${short(at(k))} ${short(middle + y(value))}`).toReversed();
  return `<polygon points="${[...upper, ...lower].join(" ")}" fill="${colour}"/>`;
}

/** A few round steps for an axis. */
function stepFor(seconds: number): number {
  return [1, 2, 5, 10, 15, 30, 60, 120, 300, 600].find((step) => seconds / step <= 16) ?? 1800;
}

function sectionStrip({ sections, duration }: Analysis, x: (seconds: number) => number): string {
  return sections
    .map(([from, name], k) => {
      const to = sections[k + 1]?.[0] ?? duration;
      const wide = x(to) - x(from);
      const box = rect([x(from), rows.sections, wide - 1, heights.sections], colours[name], 'rx="3"');
      return box + (wide > 9 * name.length ? label(x(from) + 7, rows.sections + 18, name, 'class="name"') : "");
    })
    .join("");
}

/** Tempo as dots whose strength is its confidence, on an axis around the tempi that occur. */
function tempoCurve({ curves }: Analysis, at: (index: number) => number): string {
  const known = curves.bpm.filter((bpm) => bpm > 0);
  if (known.length === 0) return label(left + 10, rows.tempo + 70, "no tempo found", 'class="faint"');
  const low = Math.floor(Math.min(...known) / 10) * 10 - 5;
  const high = Math.ceil(Math.max(...known) / 10) * 10 + 5;
  const y = (bpm: number): number => rows.tempo + heights.tempo * (1 - (bpm - low) / (high - low));
  const lines = Array.from({ length: Math.floor((high - low) / 10) }, (_, k) => low + 5 + 10 * k).filter((bpm) => high - low <= 60 || bpm % 20 === 0);
  const grid = lines.map((bpm) => `<path d="M${left} ${short(y(bpm))}H${width - right}" stroke="${paint.line}"/>${label(left - 10, y(bpm) + 4, String(bpm), 'class="side"')}`);
  const dots = curves.bpm.map((bpm, k) => {
    const confidence = curves.confidence[k] ?? 0;
    return bpm === 0 ? "" : `<circle cx="${short(at(k))}" cy="${short(y(bpm))}" r="2.2" fill="${paint.tempo}" opacity="${(0.15 + 0.85 * confidence).toFixed(2)}"/>`;
  });
  return grid.join("") + dots.join("");
}

/**
 * The results of an analysis as a picture: sections, waveform with bass, beats and bars, drops, tempo by confidence.
 * @param title one line; any text
 * @returns SVG
 */
export function analysisPicture(title: string, analysis: Analysis): string {
  const { duration, beats, downbeats, drops, buildups, curves, bpm, metre } = analysis;
  const x = (seconds: number): number => left + (inner * seconds) / Math.max(duration, 0.001);
  const at = (index: number): number => x((index + 0.5) * curves.step);
  const step = stepFor(duration);
  const times = Array.from({ length: Math.floor(duration / step) + 1 }, (_, k) => k * step);
  const facts = bpm === 0 ? "no tempo" : `${bpm.toFixed(1)} BPM, ${metre} beats a bar`;
  const crowded = beats.length > inner / 3;
  const parts = [
    rect([0, 0, width, height], paint.paper),
    label(left, rows.title, title, 'class="title"'),
    label(width - right, rows.title, `${clock(duration)}, ${facts}`, 'class="facts"'),
    ...[rows.wave, rows.tempo].map((y, k) => rect([left, y, inner, k === 0 ? heights.wave : heights.tempo], paint.panel)),
    ...buildups.map(([from, to]) => rect([x(from), rows.wave, x(to) - x(from), heights.wave], colours.build, 'opacity="0.25"')),
    sectionStrip(analysis, x),
    mirrored(curves.level, at, paint.wave),
    mirrored(curves.bass.map((value, k) => 0.8 * Math.min(value, curves.level[k] ?? 0)), at, paint.bass),
    ticks(drops.map(x), [rows.wave, heights.wave], colours.drop, 3),
    crowded ? "" : ticks(beats.map(x), [rows.beats + 16, heights.beats - 16], paint.beat, 1),
    ticks(downbeats.map(x), [rows.beats, heights.beats], paint.bar, crowded ? 0.7 : 1.5),
    tempoCurve(analysis, at),
    ...times.map((time) => label(x(time), rows.axis + 6, clock(time), 'class="time"')),
    ...[["sections", rows.sections + 18], ["level", rows.wave + 90], ["bars", rows.beats + 26]].map(([name, y]) => label(left - 10, Number(y), String(name), 'class="side"')),
    label(left, rows.axis + 30, "light blue: bass · red line: drop · long lines: first beats of bars · dots: tempo in BPM, the stronger the surer", 'class="faint"'),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="13" fill="${paint.text}"><style>.title{font-size:18px;font-weight:600}.facts{text-anchor:end;fill:${paint.text}}.side{text-anchor:end;fill:${paint.faint}}.time{text-anchor:middle;fill:${paint.faint}}.faint{fill:${paint.faint}}.name{font-weight:600;fill:#fff}</style>${parts.join("")}</svg>\n`;
}
