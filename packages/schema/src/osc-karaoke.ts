import { categories } from "./category.ts";
import type { Category } from "./category.ts";
import { defineOscTable, flag, float, int, text, unit } from "./osc-table.ts";
import type { OscAddress, OscArgument, OscTable } from "./osc-table.ts";

const trackArguments = [
  flag("active"),
  text("source"),
  text("artist"),
  text("title"),
  text("album"),
  float("duration", "s", 0),
  flag("has_lyrics"),
] as const;
const positionArguments = [float("position", "s", 0), flag("is_playing")] as const;

const track = (description: string): OscAddress<typeof trackArguments> => ({ args: trackArguments, kind: "state", description });

const position = (description: string): OscAddress<typeof positionArguments> => ({
  args: positionArguments,
  kind: "stream",
  rate: 2,
  description,
});

const list = (name: string, role: "reset" | "item"): { list: { name: string; role: "reset" | "item" } } => ({
  list: { name, role },
});

/** The track that counts, and where it is. */
export const trackOsc = defineOscTable({
  "/karaoke/track": track("The track that plays; active 0 and empty texts when none does"),
  "/karaoke/pos": position("Position in the track, and whether it moves"),
});

/** The addresses of one playback source. */
export type PlaybackOsc<S extends string> = {
  readonly [A in `/playback/${S}/track`]: OscAddress<typeof trackArguments>;
} & { readonly [A in `/playback/${S}/pos`]: OscAddress<typeof positionArguments> };

/** `/playback/<source>/track` and `/pos`: what one source plays, whether or not it counts. */
export function playbackOsc<const S extends string>(source: S): PlaybackOsc<S> {
  // The compiler takes a computed key for any text.
  return defineOscTable({
    [`/playback/${source}/track`]: track(`What ${source} plays`),
    [`/playback/${source}/pos`]: position(`Position of ${source}`),
  }) as PlaybackOsc<S>;
}

const sourceAddress = /^\/playback\/([a-z][a-z0-9_]*)\/track$/;

/**
 * The playback sources that a worker speaks for: `/playback/<source>/track` among its addresses, and `hold_output` among its
 * commands, so that only one worker publishes.
 */
export function sourcesOf({ osc, commands }: { osc: object; commands: object }): string[] {
  if (!Object.hasOwn(commands, "hold_output")) return [];
  return Object.keys(osc).flatMap((address) => sourceAddress.exec(address)?.[1] ?? []);
}

type Scores = { readonly [N in Category as `/karaoke/categories/${N}`]: OscAddress<readonly [OscArgument<"score", "f">]> };

// The compiler forgets the names that a list is mapped to.
const scores = defineOscTable(
  Object.fromEntries(
    categories.map((name): [string, OscAddress] => [
      `/karaoke/categories/${name}`,
      { args: [unit("score")], kind: "state", description: `How much of "${name}" is in the song` },
    ]),
  ),
) as OscTable as Scores;

/** What the lyrics fetcher sends. */
export const lyricsOsc = defineOscTable({
  "/lyrics/available": {
    args: [text("artist"), text("title"), flag("available")],
    kind: "state",
    description: "Whether there are lyrics of this track, line by line; empty names when none plays",
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
  "/karaoke/categories/mood": { args: [text("mood")], kind: "state", description: "The category with the highest score" },
  ...scores,
  "/ai/meaning": {
    args: [unit("energy"), { ...float("valence"), min: -1, max: 1 }, text("themes"), text("adjectives"), text("source")],
    kind: "state",
    description: "What the song is about; themes and adjectives separated by commas, source model or rules, empty without lyrics",
  },
  "/karaoke/image": { args: [text("path")], kind: "state", description: "Path of an image file to show" },
  "/karaoke/image/clear": { args: [], kind: "event", description: "Show no image" },
  "/karaoke/image/opacity": { args: [unit("opacity")], kind: "state", description: "Opacity of the image" },
  "/karaoke/image/fade": { args: [{ ...int("duration", 0), unit: "ms" }], kind: "state", description: "Time of a cross-fade" },
});
