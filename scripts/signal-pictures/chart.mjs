/** Panels over one time axis as an SVG text. */
import { area, field, line, stems, steps, ticks, verticals, waveform } from "./paths.mjs";
import { STYLE } from "./theme.mjs";

const WIDTH = 880;
const PLOT_LEFT = 164;
const PLOT_WIDTH = 700;
const LABEL_LEFT = 14;
const GAP = 9;
const WAVE_HEIGHT = 46;
/** A signal that moves by less than this share of its panel is not worth a picture: something is broken. */
const LEAST_MOVEMENT = 0.05;
const FIELD_SHADES = 7;
const draw = { area, line, stems, steps, ticks };

const escape = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const text = (classes, x, y, content) => `<text class="${classes}" x="${x}" y="${y}">${escape(content)}</text>`;
const path = (classes, d) => (d === "" ? "" : `<path class="${classes}" d="${d}"/>`);

/**
 * @param chart.title what is shown; chart.music which music
 * @param chart.samples, chart.sampleRate drawn as a waveform on top
 * @param chart.from, chart.to seconds
 * @param chart.sections parts of the music, `{name, from, to}`; chart.marks dashed lines through everything, seconds
 * @param chart.truth what the thin grey lines in the panels mean, chart.markName what the dashed ones do; chart.known the broad grey line,
 *   chart.guideName a dashed level
 * @param chart.panels `{label, note, height, low, high, ticks, log, truth, known, guides, layers}`; a layer is
 *   `{kind: area | line | steps | stems | ticks, colour, name, times, values}`, or `field` with `rows`
 */
export function chart({ title, music, panels, sections = [], marks = [], ...rest }) {
  const { from, to } = rest;
  const x = (time) => PLOT_LEFT + ((time - from) / (to - from)) * PLOT_WIDTH;
  const across = { from, to, left: PLOT_LEFT, width: PLOT_WIDTH, x };
  const stripTop = 48;
  const waveTop = stripTop + (sections.length > 0 ? 18 : 4);
  const wave = { label: "waveform", low: -1, high: 1, ticks: [-1, 1], height: WAVE_HEIGHT, layers: [], ...rest.wave };
  let top = waveTop;
  let body = "";
  for (const panel of [wave, ...panels]) {
    const axis = { ...across, top, bottom: top + panel.height, y: scale(panel, top) };
    body += panelOf(panel, axis, sections);
    if (panel === wave) body += path("wave", waveform(rest, axis));
    top += panel.height + GAP;
  }
  const bottom = top - GAP;
  const whole = { ...across, top: waveTop, bottom };
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

function scale({ low, high, log = false, height }, top) {
  const place = log ? Math.log2 : (value) => value;
  return (value) => top + height * (1 - (place(value) - place(low)) / (place(high) - place(low)));
}

function panelOf(panel, axis, sections) {
  const { top, bottom, left, width, y } = axis;
  const names = panel.layers.filter((layer) => layer.name !== undefined);
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

function layerOf(layer, panel, axis) {
  const { kind, colour } = layer;
  if (kind === "field") {
    layer.rows.forEach((values, i) => check(`${panel.label} ${i}`, { times: layer.times, values }, panel.check ?? panel, axis));
    const { paths, rowHeight } = field(layer.rows, layer.times, axis, FIELD_SHADES);
    return paths.map((d, i) => {
      return d === "" ? "" : `<path class="${colour}" style="stroke-width:${rowHeight}px" stroke-opacity="${(i / (FIELD_SHADES - 1)).toFixed(2)}" d="${d}"/>`;
    }).join("");
  }
  check(`${panel.label} ${layer.name ?? ""}`.trim(), layer, panel, axis);
  const d = draw[kind](layer, axis);
  if (kind === "area") return `<path class="${colour}-area" opacity=".75" d="${d}"/>`;
  if (kind === "stems") return `<path class="${colour} ${colour}-area" style="stroke-width:2px" d="${d}"/>`;
  return path(colour, d);
}

/** Throws when what is to be drawn leaves its panel or does not move. */
function check(name, { times, values, gapAt = -Infinity }, { low, high }, { from, to }) {
  const seen = values.filter((value, i) => times[i] >= from && times[i] <= to && value > gapAt);
  const least = Math.min(...seen);
  const most = Math.max(...seen);
  if (!(least >= low && most <= high)) throw new Error(`${name} goes from ${least} to ${most}, its panel from ${low} to ${high}`);
  if (most - least < LEAST_MOVEMENT * (high - low)) throw new Error(`${name} is flat: from ${least} to ${most}`);
}

function shade(part, { from, to, x, top, bottom }) {
  const left = x(Math.max(from, part.from));
  const right = x(Math.min(to, part.to));
  if (right <= left) return "";
  return `<rect class="shade" x="${left.toFixed(1)}" y="${top}" width="${(right - left).toFixed(1)}" height="${bottom - top}"/>`;
}

function sectionName(part, { from, to, x }, y) {
  const left = Math.max(from, part.from);
  const right = Math.min(to, part.to);
  return right > left ? text("small middle", ((x(left) + x(right)) / 2).toFixed(1), y, part.name) : "";
}

function key({ colour, name }, y) {
  return `<rect class="${colour}-area" x="${LABEL_LEFT}" y="${y - 8}" width="9" height="9" rx="2"/>${text("small", LABEL_LEFT + 14, y, name)}`;
}

function legend({ truth, markName, known, guideName }) {
  const right = PLOT_LEFT + PLOT_WIDTH;
  const entries = [[truth, "truth"], [known, "known"], [markName, "mark"], [guideName, "mark guide"]].filter(([name]) => name !== undefined);
  return entries.map(([name, classes], i) => {
    const y = 20 + 16 * i;
    const stroke = ["truth", "mark"].includes(classes) ? `M${right - 8} ${y - 10}v12` : `M${right - 18} ${y - 4}h18`;
    return text("small end", right - 24, y, name) + path(classes, stroke);
  }).join("");
}

function timeAxis({ from, to, x, bottom }) {
  const span = to - from;
  const step = span <= 5 ? 0.5 : span <= 12 ? 1 : span <= 45 ? 5 : 10;
  let out = "";
  for (let k = Math.ceil(from / step); k * step <= to; k += 1) {
    out += text("muted small middle", x(k * step).toFixed(1), bottom + 15, k * step);
  }
  return out + text("muted small middle", PLOT_LEFT + PLOT_WIDTH / 2, bottom + 32, "seconds");
}
