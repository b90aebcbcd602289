/** Panels over one time axis as an SVG text. */
import { area, field, line, stems, steps, ticks, verticals, waveform } from "./paths.mjs";
import { STYLE } from "./theme.mjs";

const WIDTH = 880;
const PLOT_LEFT = 164;
const PLOT_WIDTH = 700;
const LABEL_LEFT = 14;
const GAP = 9;
const WAVE_HEIGHT = 46;
/** A signal that moves by less than this share of its panel means that something is broken. */
const LEAST_MOVEMENT = 0.05;
const FIELD_SHADES = 7;
const draw = { area, line, stems, steps, ticks };

/** @typedef {import("./paths.mjs").Axis} Axis */
/** A part of the music, seconds. @typedef {{ readonly name: string, readonly from: number, readonly to: number }} Section */
/** @typedef {{ readonly low: number, readonly high: number }} Bounds */
/** @typedef {"blue" | "orange" | "green" | "purple"} Colour */
/**
 * A signal in its colour; `name` appears in the key. @typedef {import("./paths.mjs").Series & { readonly kind: keyof
 * typeof draw, readonly colour: Colour, readonly name?: string }} Curve
 */
/** Rows from the bottom up, each with a value per time. @typedef {{ readonly kind: "field", readonly colour: Colour, readonly name?: undefined, readonly times: readonly number[], readonly rows: readonly (readonly number[])[] }} Field */
/**
 * `truth` are thin grey lines at these times, `known` a broad grey one, `guides` dashed levels; `check` bounds the values of a field.
 * @typedef {Bounds & {
 *   readonly label: string, readonly note?: string | undefined, readonly height: number, readonly ticks: readonly number[], readonly log?: boolean,
 *   readonly tickNames?: Readonly<Record<number, string | number>>, readonly truth?: readonly number[], readonly known?: import("./paths.mjs").Series,
 *   readonly guides?: readonly number[], readonly check?: Bounds, readonly layers: readonly (Curve | Field)[],
 * }} Panel
 */
/**
 * The picture: its music, and its start and end in seconds. `marks` are dashed lines through everything, seconds. The
 * rest explains the grey and dashed lines: `truth` the thin ones in the panels, `markName` the marks, `known` the broad
 * one, `guideName` the guides.
 * @typedef {import("./trace.mjs").Piece & {
 *   readonly title: string, readonly music: string, readonly from: number, readonly to: number, readonly panels: readonly Panel[],
 *   readonly sections?: readonly Section[], readonly marks?: readonly number[],
 *   readonly truth?: string, readonly markName?: string, readonly known?: string, readonly guideName?: string, }} Chart
 */

/** @param {string | number} text */
const escape = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
/** @type {(classes: string, x: number | string, y: number, content: string | number) => string} */
const text = (classes, x, y, content) => `<text class="${classes}" x="${x}" y="${y}">${escape(content)}</text>`;
/** @param {string} classes @param {string} d */
const path = (classes, d) => (d === "" ? "" : `<path class="${classes}" d="${d}"/>`);

/** Panels over one time axis, under the waveform. @param {Chart} chart @returns {string} an SVG @throws Error when a signal is flat or leaves its panel */
export function chart({ title, music, panels, sections = [], marks = [], ...rest }) {
  const { from, to } = rest;
  const x = (/** @type {number} */ time) => PLOT_LEFT + ((time - from) / (to - from)) * PLOT_WIDTH;
  const across = { from, to, left: PLOT_LEFT, width: PLOT_WIDTH, x };
  const stripTop = 48;
  const waveTop = stripTop + (sections.length > 0 ? 18 : 4);
  /** @type {Panel} */
  const wave = { label: "waveform", low: -1, high: 1, ticks: [-1, 1], height: WAVE_HEIGHT, layers: [] };
  let top = waveTop;
  let body = "";
  for (const panel of [wave, ...panels]) {
    const axis = { ...across, top, bottom: top + panel.height, y: scale(panel, top) };
    body += panelOf(panel, axis, sections);
    if (panel === wave) body += path("wave", waveform(rest, axis));
    top += panel.height + GAP;
  }
  const bottom = top - GAP;
  const whole = { ...across, top: waveTop, bottom, y: () => Number.NaN };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 42}" role="img" aria-label="${escape(title)}">${STYLE}`,
    `<rect class="back" width="${WIDTH}" height="${bottom + 42}" rx="6"/>`,
    text("title", LABEL_LEFT, 24, title),
    text("muted small", LABEL_LEFT, 41, music),
    legend(rest),
    sections.map((part) => sectionName(part, across, stripTop + 12)).join(""),
    body,
    path("mark", verticals(marks, whole)),
    timeAxis(whole),
    "</svg>\n",
  ].join("");
}

/** @param {Panel} panel @param {number} top @returns {(value: number) => number} */
function scale({ low, high, log = false, height }, top) {
  const place = log ? Math.log2 : (/** @type {number} */ value) => value;
  return (value) => top + height * (1 - (place(value) - place(low)) / (place(high) - place(low)));
}

/** @param {Panel} panel @param {Axis} axis @param {readonly Section[]} sections */
function panelOf(panel, axis, sections) {
  const { top, bottom, left, width, y } = axis;
  const names = panel.layers.flatMap(({ colour, name }) => (name === undefined ? [] : { colour, name }));
  const isField = panel.layers.some((layer) => layer.kind === "field");
  const shades = sections.filter((_, i) => i % 2 === 1 && !isField).map((part) => shade(part, axis));
  const tickNames = panel.ticks.map((value) => {
    return text("muted small end", left - 6, Math.min(bottom, Math.max(top + 8, y(value) + 4)), panel.tickNames?.[value] ?? value);
  });
  const lines = panel.ticks.map((value) => `M${left} ${Math.round(y(value) * 10) / 10}h${width}`).join("");
  const guides = (panel.guides ?? []).map((value) => `M${left} ${Math.round(y(value) * 10) / 10}h${width}`).join("");
  return [
    `<rect class="panel" x="${left}" y="${top}" width="${width}" height="${bottom - top}"/>`,
    ...shades,
    path("grid", lines),
    text("label", LABEL_LEFT, top + 13, panel.label),
    panel.note === undefined ? "" : text("muted small", LABEL_LEFT, top + 27, panel.note),
    ...names.map((layer, i) => key(layer, top + (panel.note === undefined ? 27 : 41) + 15 * i)),
    path("known", panel.known === undefined ? "" : line(panel.known, axis)),
    path("truth", verticals(panel.truth ?? [], axis)),
    ...panel.layers.map((layer) => layerOf(layer, panel, axis)),
    path("mark", guides),
    ...tickNames,
  ].join("");
}

/** @param {Curve | Field} layer @param {Panel} panel @param {Axis} axis */
function layerOf(layer, panel, axis) {
  const { colour } = layer;
  if (layer.kind === "field") {
    layer.rows.forEach((values, i) => check(`${panel.label} ${i}`, { times: layer.times, values }, panel.check ?? panel, axis));
    const { paths, rowHeight } = field(layer.rows, layer.times, axis, FIELD_SHADES);
    return paths.map((d, i) => {
      return d === "" ? "" : `<path class="${colour}" style="stroke-width:${rowHeight}px" stroke-opacity="${(i / (FIELD_SHADES - 1)).toFixed(2)}" d="${d}"/>`;
    }).join("");
  }
  check(`${panel.label} ${layer.name ?? ""}`.trim(), layer, panel, axis);
  const d = draw[layer.kind](layer, axis);
  if (layer.kind === "area") return `<path class="${colour}-area" opacity=".75" d="${d}"/>`;
  if (layer.kind === "stems") return `<path class="${colour} ${colour}-area" style="stroke-width:2px" d="${d}"/>`;
  return path(colour, d);
}

/**
 * @param {string} name @param {import("./paths.mjs").Series} series @param {Bounds} bounds @param {Axis} axis @throws
 * Error when the curve leaves its panel or is flat
 */
function check(name, { times, values, gapAt = -Infinity }, { low, high }, { from, to }) {
  const seen = values.filter((value, i) => {
    const time = times[i] ?? Number.NaN;
    return time >= from && time <= to && value > gapAt;
  });
  const least = Math.min(...seen);
  const most = Math.max(...seen);
  if (!(least >= low && most <= high)) throw new Error(`${name} goes from ${least} to ${most}, its panel from ${low} to ${high}`);
  if (most - least < LEAST_MOVEMENT * (high - low)) throw new Error(`${name} is flat: from ${least} to ${most}`);
}

/** @param {Section} part @param {Axis} axis */
function shade(part, { from, to, x, top, bottom }) {
  const left = x(Math.max(from, part.from));
  const right = x(Math.min(to, part.to));
  if (right <= left) return "";
  return `<rect class="shade" x="${left.toFixed(1)}" y="${top}" width="${(right - left).toFixed(1)}" height="${bottom - top}"/>`;
}

/** @param {Section} part @param {Pick<Axis, "from" | "to" | "x">} axis @param {number} y */
function sectionName(part, { from, to, x }, y) {
  const left = Math.max(from, part.from);
  const right = Math.min(to, part.to);
  return right > left ? text("small middle", ((x(left) + x(right)) / 2).toFixed(1), y, part.name) : "";
}

/** @param {{ readonly colour: Colour, readonly name: string }} layer @param {number} y */
function key({ colour, name }, y) {
  return `<rect class="${colour}-area" x="${LABEL_LEFT}" y="${y - 8}" width="9" height="9" rx="2"/>${text("small", LABEL_LEFT + 14, y, name)}`;
}

/** @param {Pick<Chart, "truth" | "markName" | "known" | "guideName">} names */
function legend({ truth, markName, known, guideName }) {
  const right = PLOT_LEFT + PLOT_WIDTH;
  const all = [{ name: truth, classes: "truth" }, { name: known, classes: "known" }, { name: markName, classes: "mark" }, { name: guideName, classes: "mark guide" }];
  return all.filter(({ name }) => name !== undefined).map(({ name = "", classes }, i) => {
    const y = 20 + 16 * i;
    const stroke = ["truth", "mark"].includes(classes) ? `M${right - 8} ${y - 10}v12` : `M${right - 18} ${y - 4}h18`;
    return text("small end", right - 24, y, name) + path(classes, stroke);
  }).join("");
}

/** @param {Axis} axis */
function timeAxis({ from, to, x, bottom }) {
  const span = to - from;
  const step = span <= 5 ? 0.5 : span <= 12 ? 1 : span <= 45 ? 5 : 10;
  let out = "";
  for (let k = Math.ceil(from / step); k * step <= to; k += 1) {
    out += text("muted small middle", x(k * step).toFixed(1), bottom + 15, k * step);
  }
  return out + text("muted small middle", PLOT_LEFT + PLOT_WIDTH / 2, bottom + 32, "seconds");
}
