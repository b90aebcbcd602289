import type { Colour, Line, Style } from "./span.ts";

/** What the terminal can show. */
export interface Palette {
  /** The sixteen colours of its theme; without, only bold, dim and reverse video. */
  readonly colour: boolean;
  /** Letters instead of line drawing and signs. */
  readonly ascii: boolean;
}

const reset = "\u001b[0m";
const colourCodes: Readonly<Record<Colour, number>> = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 };

/** Stand-ins for the signs this program draws with, cell for cell. */
const asciiSigns: Readonly<Record<string, string>> = {
  "─": "-", "━": "=", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+",
  "▁": "_", "▂": "_", "▃": ".", "▄": ".", "▅": "o", "▆": "o", "▇": "O", "█": "#",
  "▮": "#", "▯": ".", "▸": ">", "▶": ">", "■": "#", "·": ".", "●": "*", "•": "*", "○": "-", "–": "-", "…": "~",
  "↑": "^", "↓": "v", "→": ">", "←": "<", "›": ">", "×": "x",
};
const asciiPattern = new RegExp(`[${Object.keys(asciiSigns).join("")}]`, "gu");

/** A row as the bytes that a terminal shows. */
export function paint(line: Line, palette: Palette): string {
  let painted = "";
  let open = "";
  for (const { text, style } of line) {
    if (text === "") continue;
    const codes = styleCodes(style, palette);
    if (codes !== open) painted += (open === "" ? "" : reset) + codes;
    open = codes;
    painted += palette.ascii ? toAscii(text) : text;
  }
  return open === "" ? painted : painted + reset;
}

/** Replaces the signs this program draws with; letters of any script stay. */
export function toAscii(text: string): string {
  return text.replace(asciiPattern, (sign) => asciiSigns[sign] ?? sign);
}

function styleCodes(style: Style, palette: Palette): string {
  const codes: number[] = [];
  if (style.bold === true) codes.push(1);
  if (style.dim === true) codes.push(2);
  if (style.inverse === true) codes.push(7);
  if (style.colour !== undefined && palette.colour) codes.push(colourCodes[style.colour]);
  return codes.length === 0 ? "" : `\u001b[${codes.join(";")}m`;
}
