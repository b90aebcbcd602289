import { z } from "zod";

const sourceName = /^[a-z][a-z0-9_]{0,63}$/;

/** `now_playing.json`. */
export const nowPlayingConfig = z.object({
  pinned_source: z
    .string()
    .regex(sourceName, "give auto, or the name of a source, for example virtualdj")
    .default("auto")
    .describe("The source that counts, for example virtualdj; auto decides automatically"),
  priority: z
    .array(z.string().regex(sourceName, "give names of sources, for example virtualdj"))
    .max(32)
    .default(["virtualdj", "spotify"])
    .describe("Sources that are preferred while they play, the most preferred first"),
  delay_sec: z.number().min(0).max(600).default(0).describe("A track must have played this long before it is shown"),
  skip: z
    .array(z.string().min(1).max(200))
    .max(100)
    .default([])
    .describe('Patterns of "Artist - Title" that are not shown, for example *jingle*'),
  min_length_sec: z.number().min(0).max(3600).default(0).describe("Shorter tracks are not shown"),
});
/** The settings of `now_playing`. */
export type NowPlayingConfig = z.output<typeof nowPlayingConfig>;
