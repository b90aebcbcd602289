import { sanitizeText } from "@vj/schema";

/** The colours of a theme that every terminal has. Black and white are excluded: one of them is always the background. */
export type Colour = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";

/** What a colour means. A theme gives each meaning its own colour: {@link Theme}. */
export type Role = "good" | "warn" | "bad" | "accent" | "special" | "note";

/** The colour of each meaning in the default theme, by which the other themes know it. */
const roleColours: Readonly<Record<Role, Colour>> = {
  good: "green", warn: "yellow", bad: "red", accent: "cyan", special: "magenta", note: "blue",
};

/** What a click on a piece of text does: presses a key, shows a screen, chooses a worker or a row of a list (when it is chosen, opens it). */
export type Click =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "screen"; readonly id: string }
  | { readonly kind: "worker"; readonly name: string }
  | { readonly kind: "mark"; readonly id: string };

/** Style of a piece of text. Without a colour it has the terminal's own foreground. */
export interface Style {
  readonly colour?: Colour;
  readonly bold?: boolean;
  readonly dim?: boolean;
  /** Reverse video: the selection, readable in any theme. */
  readonly inverse?: boolean;
  /** Left out: a click on it does nothing. */
  readonly click?: Click;
}

// Printable ASCII and the signs of this program: most of every screen, and nothing that needs cleaning.
const harmless = /^[\u0020-\u007e\u00b7\u2013\u2026\u2190-\u2193\u2500-\u25cf\u2713\u27f3\u2800-\u28ff]*$/;

/** Longer texts are cut before they cost time in every picture; no terminal is wider. */
const longestText = 1000;

/** A piece of text in one style. Safe to print: characters that could control the terminal are removed when it is created. */
export class Span {
  readonly text: string;
  readonly style: Style;
  /** Whether each of its characters takes one cell: the most of every screen, and cheap to measure. */
  readonly isPlain: boolean;

  constructor(text: string, style: Style = plain) {
    const isPlain = text.length <= longestText && harmless.test(text);
    this.text = isPlain ? text : sanitizeText(text, longestText);
    this.isPlain = isPlain || harmless.test(this.text);
    this.style = style;
  }
}

/** One row of a screen. */
export type Line = readonly Span[];

/** An element of a row: a plain text has no style. */
export type Piece = string | Span;

const plain: Style = {};

/** A row of pieces. */
export function row(...pieces: Piece[]): Line {
  return pieces.map((piece) => (typeof piece === "string" ? new Span(piece) : piece));
}

export const bold = (text: string): Span => new Span(text, { bold: true });
export const dim = (text: string): Span => new Span(text, { dim: true });
export const inRole = (role: Role, text: string): Span => new Span(text, { colour: roleColours[role] });
export const coloured = (colour: Colour, text: string): Span => new Span(text, { colour });

/** The same row in reverse video. */
export function selected(line: Line): Line {
  return line.map(({ text, style }) => new Span(text, { ...style, inverse: true, dim: false }));
}

/** The same row, which does something when it is clicked. */
export function clickable(line: Line, click: Click): Line {
  return line.map(({ text, style }) => new Span(text, { ...style, click }));
}

/** The texts of a row, without their styles. */
export function textOf(line: Line): string {
  return line.map(({ text }) => text).join("");
}

/** Whether a text needs no cleaning and all its characters take one cell. */
export function isHarmless(text: string): boolean {
  return harmless.test(text);
}
