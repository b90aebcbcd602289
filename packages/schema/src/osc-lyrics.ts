import { categories } from "./category.ts";
import type { Category } from "./category.ts";
import { defineOscTable, flag, float, int, text, unit } from "./osc-table.ts";
import type { OscAddress, OscArgument, OscTable } from "./osc-table.ts";

const list = (name: string, role: "reset" | "item"): { list: { name: string; role: "reset" | "item" } } => ({
  list: { name, role },
});

type Scores = { readonly [N in Category as `/karaoke/categories/${N}`]: OscAddress<readonly [OscArgument<"score", "f">]> };

// The compiler loses the names when a list is mapped.
const scores = defineOscTable(
  Object.fromEntries(
    categories.map((name): [string, OscAddress] => [
      `/karaoke/categories/${name}`,
      { args: [unit("score")], kind: "state", description: `How much of "${name}" is in the song` },
    ]),
  ),
) as OscTable as Scores;

/** Addresses of the lyrics fetcher. */
export const lyricsOsc = defineOscTable({
  "/lyrics/available": {
    args: [text("artist"), text("title"), flag("available")],
    kind: "state",
    description: "Whether there are lyrics with timed lines for this track; empty names when no track plays",
  },
  "/karaoke/lyrics/reset": { args: [], kind: "event", description: "A new song begins", ...list("lyrics", "reset") },
  "/karaoke/lyrics/line": {
    args: [int("index", 0), float("time", "s", 0), text("text")],
    kind: "event",
    description: "One line of the lyrics, after reset",
    ...list("lyrics", "item"),
  },
  "/karaoke/line/active": {
    args: [int("index", -1)],
    kind: "state",
    description: "Index of the line being sung, -1 for none",
  },
  "/karaoke/refrain/reset": { args: [], kind: "event", description: "A new song begins", ...list("refrain", "reset") },
  "/karaoke/refrain/line": {
    args: [int("index", 0), float("time", "s", 0), text("text")],
    kind: "event",
    description: "One line of the refrain, after reset",
    ...list("refrain", "item"),
  },
  "/karaoke/refrain/active": {
    args: [int("index", -1), text("text")],
    kind: "state",
    description: "The refrain line being sung, -1 for none",
  },
  "/karaoke/keywords/reset": {
    args: [{ ...text("song_id"), optional: true }],
    kind: "event",
    description: "A new song begins",
    ...list("keywords", "reset"),
  },
  "/karaoke/keywords/line": {
    args: [int("index", 0), float("time", "s", 0), text("keywords")],
    kind: "event",
    description: "The keywords of one line, after reset",
    ...list("keywords", "item"),
  },
  "/karaoke/keywords/active": {
    args: [int("index", -1), text("keywords")],
    kind: "state",
    description: "The keywords of the line being sung, -1 for none",
  },
  "/karaoke/word/reset": {
    args: [int("line", -1), flag("estimated")],
    kind: "event",
    description: "Another line is being sung (its index, -1 for none); estimated 1 when its word times are computed, not read from the lyrics",
    ...list("words", "reset"),
  },
  "/karaoke/word/line": {
    args: [int("index", 0), float("start", "s", 0), text("text")],
    kind: "event",
    description: "One word (or stamped syllable) of that line, after reset",
    ...list("words", "item"),
  },
  "/karaoke/word/active": {
    args: [int("index", -1), text("text")],
    kind: "state",
    description: "The word being sung, -1 for none",
  },
  "/karaoke/categories/mood": { args: [text("mood")], kind: "state", description: "The category with the highest score" },
  ...scores,
  "/ai/meaning": {
    args: [unit("energy"), { ...float("valence"), min: -1, max: 1 }, text("themes"), text("adjectives"), text("source")],
    kind: "state",
    description: "Subject of the song; themes and adjectives separated by commas, source model or rules, empty without lyrics",
  },
  "/karaoke/image": { args: [text("path")], kind: "state", description: "Path of an image file to show" },
  "/karaoke/image/clear": { args: [], kind: "event", description: "Show no image" },
  "/karaoke/image/opacity": { args: [unit("opacity")], kind: "state", description: "Opacity of the image" },
  "/karaoke/image/fade": { args: [{ ...int("duration", 0), unit: "ms" }], kind: "state", description: "Time of a cross-fade" },
  "/pipeline/reset": { args: [], kind: "event", description: "The work on a new song begins", ...list("pipeline", "reset") },
  "/pipeline/step": {
    args: [text("step"), text("state"), float("seconds", "s", 0)],
    kind: "event",
    description: "State of one step of the work on the song: pending, running, complete, error or skipped; and its duration",
    ...list("pipeline", "item"),
  },
});
