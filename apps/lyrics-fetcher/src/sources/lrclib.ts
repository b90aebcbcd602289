import { cleanName, searchName } from "@vj/playback";
import { z } from "zod";
import { readLyricsfile } from "../lyricsfile.ts";
import { parseLyrics, timingOf } from "../parse-lyrics.ts";
import type { FoundLyrics, LyricsQuery } from "../song.ts";
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
  lyricsfile: z.string().nullish().catch(null),
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
  const candidate = await readRecord(service, answer, query);
  return hasLyrics(candidate) ? candidate : undefined;
}

async function search(service: LyricsService, query: LyricsQuery, asking: Parameters<LyricsSource["find"]>[1]): Promise<Candidate[]> {
  const { artist, title } = searchName(query);
  const answer = await service.ask("/api/search", { track_name: title, artist_name: artist }, asking);
  if (answer === undefined) return [];
  const records = z.array(z.unknown()).safeParse(answer);
  if (!records.success) throw notLrclib(service);
  const found: Candidate[] = [];
  for (const record of records.data.slice(0, mostFound)) {
    try {
      const candidate = await readRecord(service, record, { artist: "", title: "" });
      if (hasLyrics(candidate)) found.push({ ...candidate, exact: false });
    } catch {
      // One broken record among others.
    }
  }
  return found;
}

/** @param asked what is not named in the record is as it was asked for */
async function readRecord(service: LyricsService, record: unknown, asked: LyricsQuery): Promise<Candidate> {
  const result = recordSchema.safeParse(record);
  if (!result.success) throw notLrclib(service);
  const { id, trackName, artistName, albumName, duration, syncedLyrics, plainLyrics, instrumental, lyricsfile } = result.data;
  if ([id, trackName, syncedLyrics, plainLyrics, instrumental, lyricsfile].every((field) => field === undefined)) throw notLrclib(service);
  const artist = cleanName(artistName ?? asked.artist);
  const title = cleanName(trackName ?? asked.title);
  return {
    id: `${service.name}:${cleanName(String(id ?? `${artist} - ${title}`))}`,
    source: service.name,
    artist,
    title,
    album: cleanName(albumName ?? ""),
    duration: duration ?? 0,
    lyrics: await withLyricsfile({ synced: syncedLyrics?.slice(0, longestLyrics) || null, plain: plainLyrics?.slice(0, longestLyrics) || null, instrumental: instrumental === true }, lyricsfile),
    exact: true,
  };
}

/** The newer field knows when words are sung, and whatever an older one lacks; where it cannot be read, the older ones count. */
async function withLyricsfile(lyrics: FoundLyrics, text: string | null | undefined): Promise<FoundLyrics> {
  if (!text) return lyrics;
  const file = await readLyricsfile(text);
  if (file === undefined) return lyrics;
  const better = file.synced !== null && (lyrics.synced === null || timingOf(parseLyrics(file.synced)) === "words");
  return { synced: better ? file.synced : lyrics.synced, plain: lyrics.plain ?? file.plain, instrumental: lyrics.instrumental || file.instrumental };
}

/** Some records have neither. */
function hasLyrics({ lyrics }: Candidate): boolean {
  return lyrics.instrumental || lyrics.synced !== null || lyrics.plain !== null;
}

function notLrclib(service: LyricsService): SourceError {
  return new SourceError(`cannot get lyrics from ${service.url}: its reply is not what LRCLIB answers; check lrclib_url`);
}
