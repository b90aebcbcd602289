import { asciiBraille } from "./history.ts";
import type { Line, Style } from "./span.ts";
import { defaultTheme, meaningOf } from "./theme.ts";
import type { Theme } from "./theme.ts";

/** What the terminal can show. */
export interface Palette {
  /** The sixteen colours of its theme; without, only bold, dim and reverse video. */
  readonly colour: boolean;
  /** Letters instead of line drawing and signs. */
  readonly ascii: boolean;
  /** Left out: the default theme. */
  readonly theme?: Theme;
}

const reset = "\u001b[0m";

/** Stand-ins for the signs this program draws with, cell for cell. */
const asciiSigns: Readonly<Record<string, string>> = {
  "─": "-", "━": "=", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+",
  "▏": ".", "▎": ".", "▍": ".", "▌": "#", "▋": "#", "▊": "#", "▉": "#", "▁": "_", "▂": "_", "▃": ".", "▄": ".", "▅": "o", "▆": "o", "▇": "O", "█": "#",
  "▮": "#", "▯": ".", "▸": ">", "▾": "v", "−": "-", "▶": ">", "■": "#", "·": ".", "●": "*", "•": "*", "○": "-", "–": "-", "…": "~",
  "↑": "^", "↓": "v", "→": ">", "←": "<", "›": ">", "×": "x",
};
const asciiPattern = new RegExp(`[${Object.keys(asciiSigns).join("")}\\u2800-\\u28ff]`, "gu");

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
  return text.replace(asciiPattern, (sign) => asciiSigns[sign] ?? asciiBraille(sign));
}

function styleCodes(style: Style, { colour, theme = defaultTheme }: Palette): string {
  const { codes } = theme;
  let all = "";
  if (style.bold === true) all = joined(all, codes.strong);
  if (style.dim === true) all = joined(all, codes.quiet);
  if (style.inverse === true) all = joined(all, codes.selected);
  if (style.colour !== undefined && colour) all = joined(all, codes[meaningOf[style.colour]]);
  return all === "" ? "" : `\u001b[${all}m`;
}

function joined(codes: string, more: string): string {
  return codes === "" || more === "" ? codes + more : `${codes};${more}`;
}
