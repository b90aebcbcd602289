import { z } from "zod";
import { timeOfDay } from "./health-text.ts";

/** That no service could be asked about the song on show: `lyrics_away` in the state of `lyrics_fetcher`. */
export const lyricsAwaySchema = z.object({
  /** Why. */
  problem: z.string(),
  /** Since when no question about lyrics was answered, epoch seconds. */
  since: z.number(),
  /** When it is asked again, epoch seconds. */
  retry_at: z.number(),
});
/** Why there are no lyrics for now. */
export type LyricsAway = z.infer<typeof lyricsAwaySchema>;

/** The same in words, with a countdown. @param now epoch seconds */
export function lyricsAwayText({ problem, since, retry_at }: LyricsAway, now: number): string {
  const left = Math.ceil(retry_at - now);
  return `the lyrics service did not answer (since ${timeOfDay(since)}); asked again ${left > 0 ? `in ${left} s` : "now"}: ${problem}`;
}
