import { isSameTrack } from "@vj/playback";
import { lyricsAwayText, messageOf } from "@vj/schema";
import type { Reply } from "@vj/schema";
import { defineCommand, failed, ok } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { z } from "zod";
import type { Choices } from "./choices.ts";
import type { CurrentSong } from "./current-song.ts";
import { sheetOf, shortSheet } from "./song-sheet.ts";
import type { LyricsQuery } from "./song.ts";
import { inStock } from "./stock.ts";
import type { SongStore } from "./song-store.ts";
import type { OwnFiles } from "./sources/own-files.ts";

export interface LyricsCommandsOptions {
  readonly current: CurrentSong;
  readonly choices: Choices;
  readonly store: SongStore;
  /** The user's own files, which count before what is stored. */
  readonly own: OwnFiles;
  /** Whether a track plays, so that no other song may be shown. */
  isPlaying(): boolean;
  /** Finds and understands a song that is not shown. */
  fetchAside(song: LyricsQuery): Promise<Reply>;
  /** Ends when the worker does. */
  readonly signal: AbortSignal;
}

const name = z.string().trim().min(1).max(300);
/** Both or none: the song that is shown. */
const songArgs = z
  .object({ artist: name.optional(), title: name.optional() })
  .refine(({ artist, title }) => (artist === undefined) === (title === undefined), { path: ["title"], message: "give both artist and title, or neither for the song that is shown" });

/** The commands for a person who looks at lyrics and chooses among them. */
export function lyricsCommands({ current, choices, store, own, isPlaying, fetchAside, signal }: LyricsCommandsOptions): CommandTable {
  const songOf = ({ artist, title }: z.output<typeof songArgs>): LyricsQuery | undefined => {
    if (artist === undefined || title === undefined) return current.track;
    const shown = current.track;
    // What is known of the song that is shown helps to choose.
    return shown?.artist === artist && shown.title === title ? shown : { artist, title };
  };
  const noSong = failed("no song is shown; name one with artist and title", "refused");
  const reload = (song: LyricsQuery): void => {
    if (current.track?.artist === song.artist && current.track.title === song.title) void current.load(current.track, true);
  };
  return {
    fetch_lyrics: defineCommand({
      description: "Fetches, keeps and analyses the lyrics of a song, and shows them if it is the one that plays, or none plays",
      args: z.object({ artist: name, title: name }),
      run: async (song) => {
        const { track } = current;
        const known = isSameTrack(song, track) ? { ...track, ...song } : song;
        const other = isPlaying() && !current.isCurrent(known);
        // Where another song begins meanwhile, it is fetched all the same.
        if (other || !(await current.load(known, true))) return fetchAside(known);
        const outcome = current.outcome();
        return current.problem === null ? ok(outcome, current.describe()) : failed(outcome, "unavailable");
      },
    }),
    show_lyrics: defineCommand({
      description: "The lyrics of the song that is shown, or of one that is stored: source, timing and lines",
      args: songArgs,
      run: async (args) => {
        const song = songOf(args);
        if (song === undefined) return noSong;
        const { artist, title } = song;
        const stored = store.get(song);
        if (song === current.track && current.song.origin !== null) {
          const { lyrics, origin } = current.song;
          const source = origin === "cache" ? (stored?.source ?? "cache") : origin;
          return ok("Lyrics as they are shown", { ...shortSheet(sheetOf({ artist, title, lyrics, source, picked: stored?.picked === true && origin === "cache" })) });
        }
        if (song === current.track && current.away !== undefined) return failed(lyricsAwayText(current.away, Date.now() / 1000), "unavailable");
        const kept = await inStock(song, { store, own });
        return kept === undefined ? failed(notHere(song, current.serviceProblem), "unavailable") : ok("Lyrics as they are stored", { ...shortSheet(sheetOf(kept)) });
      },
    }),
    list_candidates: defineCommand({
      description: "The versions of the lyrics of a song that the sources have, the best first, for pick_lyrics",
      args: songArgs,
      run: async (args) => {
        const song = songOf(args);
        if (song === undefined) return noSong;
        const { choices: candidates, faults } = await choices.list(song, signal);
        const [fault] = faults;
        if (candidates.length === 0) return fault === undefined ? failed(`no source has lyrics of ${song.artist} - ${song.title}`, "unavailable") : failed(fault, "unavailable");
        return ok(`${candidates.length} found`, { artist: song.artist, title: song.title, candidates, faults });
      },
    }),
    pick_lyrics: defineCommand({
      description: "Picks a version of the lyrics of a song, which is remembered; auto forgets what was picked",
      args: songArgs.safeExtend({ candidate: z.string().min(1).max(300).describe("id from list_candidates, or auto") }),
      run: async ({ candidate, ...args }) => {
        const song = songOf(args);
        if (song === undefined) return noSong;
        if (candidate === "auto") {
          const was = choices.unpick(song);
          reload(song);
          return ok(was ? "Forgotten: the best version is taken again" : "Nothing was picked", {});
        }
        try {
          const fault = await choices.pick(song, candidate, signal);
          if (fault !== undefined) return failed(fault, "refused");
          reload(song);
          return ok(`Picked ${candidate}`, { candidate });
        } catch (error) {
          return failed(messageOf(error));
        }
      },
    }),
  };
}

/** @param fault why a service could not be asked the last time; null when it could */
function notHere({ artist, title }: LyricsQuery, fault: string | null): string {
  const missing = `no lyrics of ${artist} - ${title} are kept here`;
  return fault === null ? `${missing}; get them with: vj send lyrics_fetcher fetch_lyrics artist=… title=…` : `${missing}, and the lyrics service did not answer the last time: ${fault}`;
}
