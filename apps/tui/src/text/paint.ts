import type { Colour, Line, Style } from "./span.ts";

/** What the terminal can show. */
export interface Palette {
  /** The sixteen colours of its theme; without, only bold, dim and reverse video. */
  readonly colour: boolean;
  /** Letters instead of line drawing and signs. */
  readonly ascii: boolean;
}

const colourCodes: Readonly<Record<Colour, number>> = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 };

/** Stand-ins for the signs this program draws with, cell for cell. */
const asciiSigns: Readonly<Record<string, string>> = {
  "─": "-", "━": "=", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+",
  "▁": "_", "▂": "_", "▃": ".", "▄": ".", "▅": "o", "▆": "o", "▇": "O", "█": "#",
  "▮": "#", "▯": ".", "▸": ">", "▶": ">", "■": "#", "·": ".", "●": "*", "○": "-", "–": "-", "…": "~",
  "↑": "^", "↓": "v", "→": ">", "←": "<", "×": "x",
};
const asciiPattern = new RegExp(`[${Object.keys(asciiSigns).join("")}]`, "gu");

/** A row as the bytes that a terminal shows. */
export function paint(line: Line, palette: Palette): string {
  return line.map(({ text, style }) => paintText(palette.ascii ? toAscii(text) : text, style, palette)).join("");
}

/** Replaces the signs this program draws with; letters of any script stay. */
export function toAscii(text: string): string {
  return text.replace(asciiPattern, (sign) => asciiSigns[sign] ?? sign);
}

function paintText(text: string, style: Style, palette: Palette): string {
  const codes: number[] = [];
  if (style.bold === true) codes.push(1);
  if (style.dim === true) codes.push(2);
  if (style.inverse === true) codes.push(7);
  if (style.colour !== undefined && palette.colour) codes.push(colourCodes[style.colour]);
  return codes.length === 0 ? text : `\u001b[${codes.join(";")}m${text}\u001b[0m`;
}
