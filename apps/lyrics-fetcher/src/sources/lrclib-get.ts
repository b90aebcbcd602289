import { HttpError, request } from "@vj/http";
import { messageOf } from "@vj/schema";
import { z } from "zod";
import type { FoundLyrics, LyricsQuery } from "../song.ts";
import type { LyricsSource } from "./lyrics-source.ts";

export interface LrclibOptions {
  /** For example `https://lrclib.net`. */
  url: string;
  timeoutMs: number;
  userAgent: string;
  /** Cancels the request. */
  signal?: AbortSignal;
}

const replySchema = z.object({
  syncedLyrics: z.string().nullish(),
  plainLyrics: z.string().nullish(),
  instrumental: z.boolean().nullish(),
});

/** LRCLIB as a source. @param options read anew for each song, so that a changed setting counts */
export function lrclibGet(options: () => Omit<LrclibOptions, "signal">): LyricsSource {
  return { name: "lrclib", ask: async (query, signal) => (await askLrclib(query, { ...options(), signal })) ?? null };
}

/**
 * Asks LRCLIB for the lyrics of a song: `GET /api/get`.
 * @returns undefined when it has none.
 * @throws Error with the reason why there is no answer: no network, no answer in time, an error of the service, no lyrics in the reply.
 */
export async function askLrclib(query: LyricsQuery, { url, timeoutMs, userAgent, signal }: LrclibOptions): Promise<FoundLyrics | undefined> {
  try {
    const headers = { "user-agent": userAgent, accept: "application/json" };
    const answer = await request(requestUrl(url, query), { headers, timeoutMs, ...(signal === undefined ? {} : { signal }) });
    if (answer.status === 404) return undefined;
    if (answer.status < 200 || answer.status > 299) throw new Error(`it answered ${answer.status} ${answer.statusText}`.trim());
    return readReply(answer.json);
  } catch (error) {
    if (error instanceof HttpError && error.code === "cancelled") throw new Error("cancelled: a newer song was requested", { cause: error });
    throw new Error(`cannot get lyrics from ${url}: ${messageOf(error)}`, { cause: error });
  }
}

function requestUrl(base: string, { artist, title, album, duration }: LyricsQuery): URL {
  const url = new URL(`${base.replace(/\/+$/, "")}/api/get`);
  url.searchParams.set("artist_name", artist);
  url.searchParams.set("track_name", title);
  if (album !== undefined && album !== "") url.searchParams.set("album_name", album);
  if (duration !== undefined && duration > 0) url.searchParams.set("duration", String(Math.round(duration)));
  return url;
}

function readReply(reply: unknown): FoundLyrics {
  const result = replySchema.safeParse(reply);
  if (!result.success) throw new Error("its reply is not what LRCLIB answers; check lrclib_url");
  const { syncedLyrics, plainLyrics, instrumental } = result.data;
  return { synced: syncedLyrics || null, plain: plainLyrics || null, instrumental: instrumental === true };
}
