import { cleanName } from "@vj/playback";
import { z } from "zod";
import type { LyricsSource } from "./lyrics-source.ts";
import { longestLyrics, SourceError } from "./lyrics-source.ts";
import type { LyricsService } from "./lyrics-service.ts";

const answerSchema = z.object({
  data: z.object({
    id: z.union([z.number(), z.string()]).nullish(),
    song: z.string(),
    artist: z.string(),
    album: z.string().nullish(),
    duration: z.number().nullish(),
    lyrics: z.string(),
    format: z.string().nullish(),
  }),
});

/** Unison as a source (`GET /lyrics`): lyrics that listeners gave, as LRC, TTML or plain text. Off while its address is empty. */
export function unison(service: LyricsService): LyricsSource {
  return {
    name: service.name,
    async find({ artist, title, album = "", duration = 0 }, asking) {
      if (service.url === "") return [];
      const parameters = { song: title, artist, ...(album === "" ? {} : { album }), ...(duration > 0 ? { duration: String(Math.round(duration)) } : {}) };
      const answer = await service.ask("/lyrics", parameters, asking);
      if (answer === undefined) return [];
      const result = answerSchema.safeParse(answer);
      if (!result.success) throw new SourceError(`cannot get lyrics from ${service.url}: its reply is not what Unison answers; check unison_url`);
      const { id, song, format, ...found } = result.data.data;
      const lyrics = found.lyrics.slice(0, longestLyrics);
      return [
        {
          id: `${service.name}:${cleanName(String(id ?? song))}`,
          source: service.name,
          artist: cleanName(found.artist),
          title: cleanName(song),
          album: cleanName(found.album ?? ""),
          duration: found.duration ?? 0,
          lyrics: format === "plain" ? { synced: null, plain: lyrics, instrumental: false } : { synced: lyrics, plain: null, instrumental: false },
          exact: false,
        },
      ];
    },
  };
}
