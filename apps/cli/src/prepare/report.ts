import type { PreparedSong } from "@vj/lyrics-fetcher";
import { counted } from "@vj/schema";
import { cellOf, formatTable } from "../table.ts";

/** A table that wraps cannot be read. */
const longestCell = 120;

/** Songs that were not asked for, in the table: after Ctrl-C the songs that were should stay in sight. */
const mostLeft = 10;

/** What completes a run. */
export const runAgain = "run the same command again to complete them: finished songs are not fetched twice";

const lyricsWords: Readonly<Record<PreparedSong["lyrics"], string>> = {
  words: "lyrics with words",
  lines: "lyrics",
  plain: "lyrics without times",
  instrumental: "instrumental",
  none: "no lyrics",
  unknown: "lyrics not known",
};

/** What is there of a song, in words. */
export function describeSong({ lyrics, meaning, image }: PreparedSong): string {
  const mood = meaning === "model" ? "mood by a model" : meaning === "rules" ? "mood by words" : "";
  return [lyricsWords[lyrics], mood, image === null ? "" : "picture"].filter((part) => part !== "").join(", ");
}

/** Whether its lines can be shown as it plays, or nothing is sung. */
function isReady({ lyrics }: PreparedSong): boolean {
  return lyrics === "words" || lyrics === "lines" || lyrics === "instrumental";
}

/** The end of a run: how many are ready, and a table of what is missing. @param rest songs that were not asked for any more */
export function summaryLines(songs: readonly PreparedSong[], rest: readonly { artist: string; title: string }[]): string[] {
  const missing = songs.filter((song) => !isReady(song) || song.problems.length > 0);
  const byModel = songs.filter(({ meaning }) => meaning === "model").length;
  const ready = songs.filter(isReady).length;
  const all = songs.length + rest.length;
  const head = `${ready} of ${counted(all, "song")} ${all === 1 ? "is" : "are"} ready, ${byModel} with a mood by a language model`;
  const rows = [
    ...missing.map((song) => [`${song.artist} - ${song.title}`, describeSong(song), whyOf(song)]),
    ...rest.slice(0, mostLeft).map(({ artist, title }) => [`${artist} - ${title}`, "not asked", "left for another run"]),
  ].map((row) => row.map((cell) => cellOf(cell, longestCell)));
  const more = rest.length > mostLeft ? [`… and ${rest.length - mostLeft} more that were not asked for`] : [];
  const again = rest.length > 0 || songs.some(({ problems }) => problems.length > 0) ? ["", runAgain] : [];
  return rows.length === 0 ? [head] : [head, "", ...formatTable(["NOT COMPLETE", "THERE IS", "WHY"], rows), ...more, ...again];
}

function whyOf({ lyrics, problems }: PreparedSong): string {
  if (problems.length > 0) return problems.join("; ");
  return lyrics === "none" ? "no source has lyrics of it" : lyrics === "plain" ? "no source has them with times" : "";
}
