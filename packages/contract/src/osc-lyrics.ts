import { categories } from "./category.ts";
import type { Category } from "./category.ts";
import { defineOscTable, flag, float, int, placed, seconds, text, unit } from "./osc-table.ts";
import type { OscAddress, OscArgument, OscTable } from "./osc-table.ts";

const list = (name: string, role: "reset" | "item"): { list: { name: string; role: "reset" | "item" } } => ({
  list: { name, role },
});

/** Number of a line or word, -1 for none; in the flat shape 0 stands for none, 1 for the 250th and later ones. */
const position = placed(int("index", -1), { range: [-1, 249] });
/** Number of an item of a list, on the same scale. */
const item = placed(int("index", 0), { range: [-1, 249] });

type Scores = { readonly [N in Category as `/karaoke/categories/${N}`]: OscAddress<readonly [OscArgument<"score", "f">]> };

// The compiler loses the names when a list is mapped.
const scores = defineOscTable(
  Object.fromEntries(
    categories.map((name): [string, OscAddress] => [
      `/karaoke/categories/${name}`,
      { args: [placed(unit("score"), { flat: `/karaoke/categories/${name}` })], kind: "state", description: `How much of "${name}" is in the song` },
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
    args: [item, seconds("time"), text("text")],
    kind: "event",
    description: "One line of the lyrics, after reset",
    ...list("lyrics", "item"),
  },
  "/karaoke/line/active": {
    args: [position],
    kind: "state",
    description: "Index of the line being sung, -1 for none",
  },
  "/karaoke/refrain/reset": { args: [], kind: "event", description: "A new song begins", ...list("refrain", "reset") },
  "/karaoke/refrain/line": {
    args: [item, seconds("time"), text("text")],
    kind: "event",
    description: "One line of the refrain, after reset",
    ...list("refrain", "item"),
  },
  "/karaoke/refrain/active": {
    args: [position, text("text")],
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
    args: [item, seconds("time"), text("keywords")],
    kind: "event",
    description: "The keywords of one line, after reset",
    ...list("keywords", "item"),
  },
  "/karaoke/keywords/active": {
    args: [position, text("keywords")],
    kind: "state",
    description: "The keywords of the line being sung, -1 for none",
  },
  "/karaoke/word/reset": {
    args: [placed(int("line", -1), { range: [-1, 249] }), flag("estimated")],
    kind: "event",
    description: "Another line is being sung (its index, -1 for none); estimated 1 when its word times are computed, not read from the lyrics",
    ...list("words", "reset"),
  },
  "/karaoke/word/line": {
    args: [item, seconds("start"), text("text")],
    kind: "event",
    description: "One word (or stamped syllable) of that line, after reset",
    ...list("words", "item"),
  },
  "/karaoke/word/active": {
    args: [position, text("text")],
    kind: "state",
    description: "The word being sung, -1 for none",
  },
  "/karaoke/categories/mood": { args: [placed(text("mood"), { flat: "/karaoke/categories/mood" })], kind: "state", description: "The category with the highest score" },
  ...scores,
  "/ai/meaning": {
    args: [
      placed(unit("energy"), { flat: "/ai/energy" }),
      placed(float("valence", undefined, -1, 1), { flat: "/ai/valence" }),
      placed(text("themes"), { flat: "/ai/themes" }),
      placed(text("adjectives"), { flat: "/ai/adjectives" }),
      placed(text("source"), { flat: "/ai/source" }),
    ],
    kind: "state",
    description: "Subject of the song; themes and adjectives separated by commas, source model or rules, empty without lyrics",
  },
  "/karaoke/image": { args: [placed(text("path"), { flat: "/karaoke/image" })], kind: "state", description: "Path of an image file to show" },
  "/karaoke/image/clear": { args: [], kind: "event", description: "Show no image" },
  "/karaoke/image/opacity": { args: [placed(unit("opacity"), { flat: "/karaoke/image/opacity", light: "brightness" })], kind: "state", description: "Opacity of the image" },
  "/karaoke/image/fade": { args: [placed({ ...int("duration", 0), unit: "ms" }, { flat: "/karaoke/image/fade", range: [0, 10_000] })], kind: "state", description: "Time of a cross-fade" },
  "/pipeline/reset": { args: [], kind: "event", description: "The work on a new song begins", ...list("pipeline", "reset") },
  "/pipeline/step": {
    args: [text("step"), text("state"), seconds("seconds")],
    kind: "event",
    description: "State of one step of the work on the song: pending, running, complete, error or skipped; and its duration",
    ...list("pipeline", "item"),
  },
});
