import { searchName } from "@vj/playback";
import { z } from "zod";
import type { LyricsQuery } from "../song.ts";
import type { Candidate, LyricsSource } from "./lyrics-source.ts";
import { longestLyrics, SourceError } from "./lyrics-source.ts";
import { isSettled } from "./choose.ts";
import type { LyricsService } from "./lyrics-service.ts";

const recordSchema = z.object({
  id: z.union([z.number(), z.string()]).nullish(),
  trackName: z.string().nullish(),
  artistName: z.string().nullish(),
  albumName: z.string().nullish(),
  duration: z.number().nullish(),
  syncedLyrics: z.string().nullish(),
  plainLyrics: z.string().nullish(),
  instrumental: z.boolean().nullish(),
});
const mostFound = 50;

/**
 * LRCLIB as a source: the very song first (`GET /api/get`), and where it has none with time stamps, a search by cleaned names
 * (`GET /api/search`).
 */
export function lrclib(service: LyricsService): LyricsSource {
  return {
    name: service.name,
    async find(query, asking) {
      const exact = await askForSong(service, query, asking);
      if (exact !== undefined && isSettled(exact) && !asking.all) return [exact];
      try {
        const found = await search(service, query, asking);
        return exact === undefined ? found : [exact, ...found.filter(({ id }) => id !== exact.id)];
      } catch (error) {
        // What it answered at first counts all the same.
        if (exact === undefined || asking.signal.aborted) throw error;
        return [exact];
      }
    },
  };
}

async function askForSong(service: LyricsService, query: LyricsQuery, asking: Parameters<LyricsSource["find"]>[1]): Promise<Candidate | undefined> {
  const { artist, title, album = "", duration = 0 } = query;
  const answer = await service.ask(
    "/api/get",
    { artist_name: artist, track_name: title, ...(album === "" ? {} : { album_name: album }), ...(duration > 0 ? { duration: String(Math.round(duration)) } : {}) },
    asking,
  );
  if (answer === undefined) return undefined;
  const candidate = readRecord(service, answer, query);
  return hasLyrics(candidate) ? candidate : undefined;
}

async function search(service: LyricsService, query: LyricsQuery, asking: Parameters<LyricsSource["find"]>[1]): Promise<Candidate[]> {
  const { artist, title } = searchName(query);
  const answer = await service.ask("/api/search", { track_name: title, artist_name: artist }, asking);
  if (answer === undefined) return [];
  const records = z.array(z.unknown()).safeParse(answer);
  if (!records.success) throw notLrclib(service);
  return records.data.slice(0, mostFound).flatMap((record) => {
    try {
      const candidate = readRecord(service, record, { artist: "", title: "" });
      return hasLyrics(candidate) ? { ...candidate, exact: false } : [];
    } catch {
      // One broken record among others.
      return [];
    }
  });
}

/** @param asked what is not named in the record is as it was asked for */
function readRecord(service: LyricsService, record: unknown, asked: LyricsQuery): Candidate {
  const result = recordSchema.safeParse(record);
  if (!result.success) throw notLrclib(service);
  const { id, trackName, artistName, albumName, duration, syncedLyrics, plainLyrics, instrumental } = result.data;
  if ([id, trackName, syncedLyrics, plainLyrics, instrumental].every((field) => field === undefined)) throw notLrclib(service);
  const artist = artistName ?? asked.artist;
  const title = trackName ?? asked.title;
  return {
    id: `${service.name}:${id ?? `${artist} - ${title}`}`,
    source: service.name,
    artist,
    title,
    album: albumName ?? "",
    duration: duration ?? 0,
    lyrics: { synced: syncedLyrics?.slice(0, longestLyrics) || null, plain: plainLyrics?.slice(0, longestLyrics) || null, instrumental: instrumental === true },
    exact: true,
  };
}

/** Some records have neither. */
function hasLyrics({ lyrics }: Candidate): boolean {
  return lyrics.instrumental || lyrics.synced !== null || lyrics.plain !== null;
}

function notLrclib(service: LyricsService): SourceError {
  return new SourceError(`cannot get lyrics from ${service.url}: its reply is not what LRCLIB answers; check lrclib_url`);
}
