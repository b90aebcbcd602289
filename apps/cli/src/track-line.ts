import { probe } from "@vj/discovery";
import { sanitizeText } from "@vj/schema";
import { z } from "zod";

/** A track and its source, as a person reads them. */
export interface NamedTrack {
  readonly artist: string;
  readonly title: string;
  readonly source: string;
}

/** "Artist - Title (source)"; of the names those that are known. */
export function trackLine({ artist, title, source }: NamedTrack): string {
  const names = [artist, title].map((name) => sanitizeText(name).trim()).filter((name) => name !== "");
  return `${names.join(" - ") || "a track without a name"} (${sanitizeText(source)})`;
}

const stateSchema = z.object({
  source: z.string().nullable(),
  track: z.object({ artist: z.string(), title: z.string() }).nullable(),
  is_playing: z.boolean(),
  not_shown: z.string().nullish(),
  reason: z.string().nullish(),
  condition: z.object({ text: z.string() }).nullish().catch(undefined),
});

/** The track that counts. */
export interface NowPlaying extends NamedTrack {
  readonly is_playing: boolean;
  /** Why it is not shown; null when it is. */
  readonly not_shown: string | null;
}

/** An answer of `now_playing`. */
export interface NowPlayingAnswer {
  readonly track: NowPlaying | null;
  /** Why nothing is shown; null while a track is. */
  readonly reason: string | null;
  /** Its report of itself at the same moment. */
  readonly report: string | undefined;
}

/** Asks `now_playing` for the track that counts. @returns undefined when that does not answer */
export async function askNowPlaying(busDir: string): Promise<NowPlayingAnswer | undefined> {
  const answer = await probe("now_playing", { busDir });
  const { data } = stateSchema.safeParse(answer.status === "alive" ? answer.state : undefined);
  if (data === undefined) return undefined;
  const { track, source, is_playing, not_shown = null, reason = null, condition } = data;
  const counts = track === null || source === null ? null : { artist: track.artist, title: track.title, source, is_playing, not_shown };
  return { track: counts, reason, report: condition?.text };
}

/** What plays now, in a line. */
export function nowPlayingLine({ track, reason }: Omit<NowPlayingAnswer, "report">): string {
  if (track === null) return `now playing: nothing${reason === null ? "" : `, ${sanitizeText(reason)}`}`;
  const remarks = [track.is_playing ? "" : "paused", track.not_shown === null ? "" : `not shown: ${track.not_shown}`].filter((remark) => remark !== "");
  return `now playing: ${[trackLine(track), ...remarks].join(", ")}`;
}
