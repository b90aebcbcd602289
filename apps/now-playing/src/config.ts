import { noEffect } from "@vj/worker";
import { z } from "zod";

/** `now_playing.json`. */
export const nowPlayingConfig = z.object({
  pinned_source: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, "give auto, or the name of a source, for example virtualdj")
    .default("auto")
    .describe("The source that counts, for example virtualdj; auto takes the one that plays and changed last"),
  delay_sec: noEffect(z.number().min(0).max(600).default(0).describe("A track must have played this long before it is shown")),
  skip: noEffect(z.array(z.string().min(1).max(200)).max(100).default([]).describe("Patterns of tracks that are not shown")),
  min_length_sec: noEffect(z.number().min(0).max(3600).default(0).describe("Shorter tracks are not shown")),
});
export type NowPlayingConfig = z.output<typeof nowPlayingConfig>;
