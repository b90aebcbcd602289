// A growth as an SVG text: one line a series, what grows on a logarithmic axis, the figures from 0.
import { STYLE } from "../../scripts/signal-pictures/theme.mjs";

const [width, height, left, right, top, bottom] = [640, 300, 64, 170, 48, 44];
const colours = /** @type {const} */ (["blue", "orange", "green", "purple"]);

/** @param {string | number} text */
const escape = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
/** @type {(classes: string, x: number, y: number, content: string | number) => string} */
const label = (classes, x, y, content) => `<text class="${classes}" x="${x.toFixed(1)}" y="${y.toFixed(1)}">${escape(content)}</text>`;

/** @param {import("./main.mjs").Growth} growth @returns {string} an SVG @throws Error when there is nothing to draw, or a figure that is not a number */
export function curve({ title, by, series, unit, points }) {
  const all = points.flatMap(({ values }) => values);
  if (points.length < 2 || all.some((value) => !Number.isFinite(value))) throw new Error(`${title}: these figures cannot be drawn`);
  const high = niceAbove(Math.max(...all));
  const [first, last] = [Math.log(points[0]?.at ?? 1), Math.log(points.at(-1)?.at ?? 1)];
  const x = (/** @type {number} */ at) => left + ((Math.log(at) - first) / (last - first)) * (width - left - right);
  const y = (/** @type {number} */ value) => top + (1 - value / high) * (height - top - bottom);
  const levels = [0, 0.25, 0.5, 0.75, 1].map((part) => part * high);
  const lines = series.map((name, i) => {
    const colour = colours[i % colours.length];
    const d = points.map(({ at, values }, k) => `${k === 0 ? "M" : "L"}${x(at).toFixed(1)} ${y(values[i] ?? 0).toFixed(1)}`).join("");
    const dots = points.map(({ at, values }) => `<circle class="${colour}-area" cx="${x(at).toFixed(1)}" cy="${y(values[i] ?? 0).toFixed(1)}" r="3"/>`).join("");
    return `<path class="${colour}" d="${d}"/>${dots}${label("small", width - right + 10, Math.max(top + 8, y(points.at(-1)?.values[i] ?? 0) + 4), name)}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">${STYLE}`,
    `<rect class="back" width="${width}" height="${height}" rx="6"/>`,
    label("title", 14, 24, title),
    `<path class="grid" d="${levels.map((value) => `M${left} ${y(value).toFixed(1)}H${width - right}`).join("")}"/>`,
    ...levels.map((value) => label("muted small end", left - 6, y(value) + 4, Number(value.toPrecision(3)))),
    label("muted small", 14, top - 8, unit),
    ...points.map(({ at }) => label("muted small", x(at) - 8, height - bottom + 16, at)),
    label("muted small", left, height - 10, by),
    ...lines,
    "</svg>\n",
  ].join("");
}

/** The next 1, 2 or 5 times a power of ten. @param {number} value */
export function niceAbove(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}
