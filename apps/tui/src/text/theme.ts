import type { Colour, Role } from "./span.ts";

/** What a theme styles: the meanings of colours, and text that is held back, set off, or chosen. */
export type ThemeKey = Role | "quiet" | "strong" | "selected";

/** The look of everything that is drawn. */
export interface Theme {
  readonly name: string;
  /** SGR parameters of each part, `1;31`; empty: as the terminal's own text. */
  readonly codes: Readonly<Record<ThemeKey, string>>;
}

/** What each colour of a {@link Colour} stands for. */
export const meaningOf: Readonly<Record<Colour, Role>> = {
  green: "good", yellow: "warn", red: "bad", cyan: "accent", magenta: "special", blue: "note",
};

/** Six of the sixteen colours that the terminal's own theme gives; neither its foreground nor its background is touched. */
export const defaultTheme: Theme = {
  name: "default",
  codes: { good: "32", warn: "33", bad: "31", accent: "36", special: "35", note: "34", quiet: "2", strong: "1", selected: "7" },
};
