import { z } from "zod";

/** The versions of a song's lyrics that `list_candidates` of the lyrics worker answers with, the best first. */
export const lyricsVersionsSchema = z.object({
  artist: z.string(),
  title: z.string(),
  candidates: z.array(
    z.object({
      /** Names it for `pick_lyrics`. */
      id: z.string(),
      source: z.string(),
      artist: z.string(),
      title: z.string(),
      album: z.string(),
      /** Seconds; 0: not known. */
      duration: z.number(),
      /** How finely it is timed. */
      timing: z.string(),
      instrumental: z.boolean(),
      lines: z.number(),
      /** Whether it may be taken without asking. */
      fits: z.boolean(),
      /** Whether a person picked it. */
      picked: z.boolean(),
    }),
  ),
  /** Why sources could not be asked. */
  faults: z.array(z.string()),
});
/** The versions of one song's lyrics among which a person can pick. */
export type LyricsVersions = z.output<typeof lyricsVersionsSchema>;
/** One of them. */
export type LyricsVersion = LyricsVersions["candidates"][number];
