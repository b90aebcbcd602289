/** SVG path data in whole and tenth pixels, relative where that is shorter. */
const WAVE_STEP = 2;

/**
 * Where a panel lies: `x` and `y` give pixels for seconds and values.
 * @typedef {{
 *   readonly from: number, readonly to: number, readonly left: number, readonly width: number, readonly top: number, readonly bottom: number,
 *   x(time: number): number, y(value: number): number,
 * }} Axis
 */

/** Values at times. A line is broken where a value is not above `gapAt`. @typedef {{ readonly times: readonly number[], readonly values: readonly number[], readonly gapAt?: number, readonly crest?: boolean }} Series */

/** An index outside gives NaN. @type {(list: ArrayLike<number>, i: number) => number} */
const at = (list, i) => list[i] ?? Number.NaN;
/** @param {number} value */
const tenth = (value) => Math.round(value * 10) / 10;
/** @param {number} value */
const short = (value) => String(tenth(value));

/**
 * One value per pixel column: `pick` chooses among the values that fall into it; columns without one hold the last.
 * @param {Series} series @param {Axis} axis @param {(cell: readonly number[]) => number} pick
 */
function columns({ times, values }, axis, pick) {
  /** @type {number[][]} */
  const cells = Array.from({ length: axis.width }, () => []);
  times.forEach((time, i) => cells[Math.floor(axis.x(time) - axis.left)]?.push(at(values, i)));
  let last = 0;
  return cells.map((cell) => (last = cell.length === 0 ? last : pick(cell)));
}

/** @param {readonly number[]} cell */
const highest = (cell) => Math.max(...cell);
/** @param {readonly number[]} cell */
const middle = (cell) => cell.reduce((sum, value) => sum + value, 0) / cell.length;

/**
 * Steps of so many pixels to the right (or left, negative) over the heights `ys`, from height `start` on.
 * @param {readonly number[]} ys @param {number} start @param {number} step
 */
function outline(ys, start, step) {
  let path = "";
  let now = tenth(start);
  let run = 0;
  for (const y of ys.map(tenth)) {
    if (y !== now) {
      path += `${run > 0 ? `h${step * run}` : ""}v${short(y - now)}`;
      run = 0;
      now = y;
    }
    run += 1;
  }
  return `${path}h${step * run}`;
}

/** Filled from the bottom of the panel to the highest value of each column. @param {Series} series @param {Axis} axis */
export function area(series, axis) {
  const heights = columns(series, axis, highest).map((value) => axis.y(value));
  return `M${axis.left} ${short(axis.bottom)}${outline(heights, axis.bottom, 1)}V${short(axis.bottom)}z`;
}

/**
 * From value to value. Without gaps it is the mean of a column where there are several, or their crest.
 * @param {Series} series @param {Axis} axis
 */
export function line({ times, values, gapAt = -Infinity, crest = false }, axis) {
  const inside = times.map((time, i) => ({ time, value: at(values, i) })).filter(({ time }) => time >= axis.from && time <= axis.to);
  const dense = gapAt === -Infinity && inside.length > 1.5 * axis.width;
  const points = dense
    ? columns({ times, values }, axis, crest ? highest : middle).map((value, i) => ({ x: axis.left + i + 0.5, value }))
    : inside.map(({ time, value }) => ({ x: axis.x(time), value }));
  let pen = false;
  return points.map(({ x, value }) => {
    const drawn = value > gapAt;
    const step = drawn ? `${pen ? "L" : "M"}${short(x)} ${short(axis.y(value))}` : "";
    pen = drawn;
    return step;
  }).join("");
}

/** A value holds until the next. @param {Series} series @param {Axis} axis */
export function steps({ times, values }, axis) {
  let path = "";
  let now = "";
  times.forEach((time, i) => {
    if (time < axis.from || time > axis.to) return;
    const y = short(axis.y(at(values, i)));
    if (path === "") path = `M${short(axis.x(time))} ${y}`;
    else if (y !== now) path += `H${short(axis.x(time))}V${y}`;
    now = y;
  });
  return `${path}H${short(axis.x(Math.min(axis.to, at(times, times.length - 1))))}`;
}

/** A needle with a head for each value above 0. @param {Series} series @param {Axis} axis */
export function stems({ times, values }, axis) {
  return times.map((time, i) => {
    if (at(values, i) <= 0 || time < axis.from || time > axis.to) return "";
    const x = short(axis.x(time));
    const y = axis.y(at(values, i));
    return `M${x} ${short(axis.bottom)}V${short(y)}m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0`;
  }).join("");
}

/** Highest and lowest sample of each two columns, around the middle. @param {import("./trace.mjs").Piece} piece @param {Axis} axis */
export function waveform({ samples, sampleRate }, axis) {
  const perColumn = ((axis.to - axis.from) * sampleRate) / axis.width;
  /** @type {number[]} */
  const top = [];
  /** @type {number[]} */
  const bottom = [];
  for (let c = 0; c < axis.width; c += WAVE_STEP) {
    const start = Math.floor(axis.from * sampleRate + c * perColumn);
    const end = start + Math.ceil(WAVE_STEP * perColumn);
    let low = 0;
    let high = 0;
    for (let i = start; i < end; i += 1) {
      // After the end of the music it is silent.
      low = Math.min(low, samples[i] ?? 0);
      high = Math.max(high, samples[i] ?? 0);
    }
    top.push(axis.y(high) - 0.3);
    bottom.unshift(axis.y(low) + 0.3);
  }
  const start = `M${axis.left} ${short(at(top, 0))}`;
  return `${start}${outline(top, at(top, 0), WAVE_STEP)}V${short(at(bottom, 0))}${outline(bottom, at(bottom, 0), -WAVE_STEP)}z`;
}

/** A mark of full height for each value above 0. @param {Series} series @param {Axis} axis */
export function ticks({ times, values }, axis) {
  return verticals(times.filter((_, i) => at(values, i) > 0), axis);
}

/** @param {readonly number[]} times @param {Axis} axis */
export function verticals(times, axis) {
  return times.filter((time) => time >= axis.from && time <= axis.to)
    .map((time) => `M${short(axis.x(time))} ${short(axis.top)}V${short(axis.bottom)}`).join("");
}

/**
 * A field of values 0–1 in rows from the bottom up: one path per shade, the stronger the value the more of it.
 * @param {readonly (readonly number[])[]} rows @param {readonly number[]} times @param {Axis} axis @param {number} shades
 */
export function field(rows, times, axis, shades) {
  const rowHeight = (axis.bottom - axis.top) / rows.length;
  const paths = Array.from({ length: shades }, () => "");
  rows.forEach((values, r) => {
    const y = short(axis.bottom - (r + 0.5) * rowHeight);
    const cells = columns({ times, values }, axis, middle).map((value) => Math.min(shades - 1, Math.floor(value * shades)));
    let start = 0;
    for (let c = 1; c <= cells.length; c += 1) {
      const shade = at(cells, start);
      if (cells[c] === shade) continue;
      if (shade > 0) paths[shade] = `${paths[shade] ?? ""}M${axis.left + start} ${y}h${c - start}`;
      start = c;
    }
  });
  return { paths, rowHeight };
}
