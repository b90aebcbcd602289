import { z } from "zod";

/** The song to look for; what is not known is left out. */
export interface LyricsQuery {
  artist: string;
  title: string;
  album?: string;
  /** Seconds. */
  duration?: number;
}

/** What LRCLIB has of a song. */
export interface FoundLyrics {
  /** LRC, when there are time stamps. */
  synced: string | null;
  plain: string | null;
  instrumental: boolean;
}

export interface LrclibOptions {
  /** For example `https://lrclib.net`. */
  url: string;
  timeoutMs: number;
  userAgent: string;
  /** Gives up at once. */
  signal?: AbortSignal;
}

const longestReply = 1_048_576;
const replySchema = z.object({
  syncedLyrics: z.string().nullish(),
  plainLyrics: z.string().nullish(),
  instrumental: z.boolean().nullish(),
});

/**
 * Asks LRCLIB for the lyrics of a song: `GET /api/get`.
 * @returns undefined when it has none.
 * @throws Error saying why it could not tell: no network, no answer in time, an error of the service, no lyrics in the reply.
 */
export async function askLrclib(query: LyricsQuery, options: LrclibOptions): Promise<FoundLyrics | undefined> {
  const { url, timeoutMs, userAgent, signal } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(requestUrl(url, query), {
      headers: { "user-agent": userAgent, accept: "application/json" },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`it answered ${response.status} ${response.statusText}`.trim());
    }
    return readReply(await readBody(response));
  } catch (error) {
    if (signal?.aborted === true) throw new Error("given up: another song is wanted now", { cause: error });
    const reason = timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : faultOf(error);
    throw new Error(`cannot get lyrics from ${url}: ${reason}`, { cause: error });
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

async function readBody(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestReply) throw new Error(`its reply is longer than ${longestReply} characters`);
  }
  return text + decoder.decode();
}

function readReply(text: string): FoundLyrics {
  const result = replySchema.safeParse(parseJson(text));
  if (!result.success) throw new Error("its reply is not what LRCLIB answers; check lrclib_url");
  const { syncedLyrics, plainLyrics, instrumental } = result.data;
  return { synced: syncedLyrics || null, plain: plainLyrics || null, instrumental: instrumental === true };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A web page of a proxy, for example; the schema refuses it.
    return undefined;
  }
}

/** `fetch` says "fetch failed" and keeps the reason as its cause. */
function faultOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
