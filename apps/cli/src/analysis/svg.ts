import { sanitizeText } from "@vj/schema";
import { lineWidth } from "@vj/terminal";

/** Left, top, width and height, in the units of the picture. */
export type Box = readonly [x: number, y: number, w: number, h: number];
export type Point = readonly [x: number, y: number];

/** Characters that XML 1.0 does not allow and {@link sanitizeText} leaves: halves of pairs, and two that are not characters. */
const notInXml = /[\p{Cs}\ufffe\uffff]/gu;
const longestText = 1000;

/** Width of a sign in a bold sans-serif font, as a part of the font size; of the widest such font that is common. */
function widthOf(sign: string): number {
  if (lineWidth(sign) > 1 || /[MW@%mw]/u.test(sign)) return 1.12;
  if (/[\p{Lu}\d]/u.test(sign)) return 0.8;
  return /[ .,:;'|!iljftr]/u.test(sign) ? 0.43 : 0.72;
}

/** A text that may stand in SVG, whatever it was: also a file name with control characters. */
function safeText(text: string): string {
  return sanitizeText(text, longestText).replace(notInXml, "\ufffd");
}

const escaped = (text: string): string => safeText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A number with at most one decimal. */
export const short = (value: number): string => String(Math.round(value * 10) / 10);

/** About how wide a text is drawn. @param size of the font */
export function textWidth(text: string, size: number): number {
  return Array.from(text).reduce((sum, sign) => sum + widthOf(sign), 0) * size;
}

/** A text that fits into a width; a longer one ends in "…". @param size of the font */
export function fitted(text: string, size: number, width: number): string {
  const safe = safeText(text);
  if (textWidth(safe, size) <= width) return safe;
  let [kept, left] = ["", width / size - 1];
  for (const sign of safe) {
    left -= widthOf(sign);
    if (left < 0) break;
    kept += sign;
  }
  return `${kept}…`;
}

export function label(x: number, y: number, text: string, kind = ""): string {
  return `<text x="${short(x)}" y="${short(y)}"${kind === "" ? "" : ` class="${kind}"`}>${escaped(text)}</text>`;
}

/** @param note shown while a mouse points at it */
export function rect([x, y, w, h]: Box, fill: string, more = "", note = ""): string {
  const inside = note === "" ? "/>" : `><title>${escaped(note)}</title></rect>`;
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(Math.max(0, w))}" height="${short(h)}" fill="${fill}"${more === "" ? "" : ` ${more}`}${inside}`;
}

/** Vertical lines, as one path; at most one in each unit of the picture. */
export function ticks(xs: readonly number[], [y, h]: readonly [y: number, h: number], colour: string, thickness: number): string {
  const distinct = new Map(xs.map((x) => [Math.round(x), x]));
  if (distinct.size === 0) return "";
  return `<path d="${Array.from(distinct.values(), (x) => `M${short(x)} ${y}v${h}`).join("")}" stroke="${colour}" stroke-width="${thickness}" fill="none"/>`;
}

const joined = ([x, y]: Point): string => `${short(x)} ${short(y)}`;

/** The rest of a path that began at the first of some points: straight where they are close, otherwise round. */
function through(points: readonly Point[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 3) return points.slice(1).map((point) => `L${joined(point)}`).join("");
  if (Math.abs(last[0] - first[0]) / points.length < 3) return `L${points.slice(1).map(joined).join(" ")}`;
  const inner = points.slice(1, -1).map((point, k) => {
    const next = points[k + 2] ?? last;
    return `Q${joined(point)} ${joined([(point[0] + next[0]) / 2, (point[1] + next[1]) / 2])}`;
  });
  return `${inner.join("")}L${joined(last)}`;
}

/** The area between two lines of points from left to right. */
export function area(upper: readonly Point[], lower: readonly Point[], colour: string): string {
  const [begin, turn] = [upper[0], lower.at(-1)];
  if (begin === undefined || turn === undefined) return "";
  return `<path d="M${joined(begin)}${through(upper)}L${joined(turn)}${through(lower.toReversed())}Z" fill="${colour}"/>`;
}
