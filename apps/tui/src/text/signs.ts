import type { Colour } from "./span.ts";

/** The states that a sign stands for. */
export type Sign = "ok" | "busy" | "warn" | "bad" | "off";

/** Signs of one character set, all of the same width. */
export type Signs = Readonly<Record<Sign, string>>;

export const unicodeSigns: Signs = { ok: "✓", busy: "⟳", warn: "!", bad: "!", off: "○" };
export const asciiSignSet: Signs = { ok: "ok", busy: "~ ", warn: "! ", bad: "! ", off: "- " };

/** Colour of each state; a word and a sign always show the same state. */
export const signColours: Readonly<Record<Sign, Colour | undefined>> = {
  ok: "green",
  busy: "yellow",
  warn: "yellow",
  bad: "red",
  off: undefined,
};
