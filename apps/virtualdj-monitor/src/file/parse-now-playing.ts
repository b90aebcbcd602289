import { isPlaylist, playlistEntries } from "./parse-playlist.ts";
import { isTextEntry, textHistory } from "./parse-text-history.ts";
import { midnightIn, splitNames } from "./track-names.ts";
import type { HistoryEntry, NamedTrack } from "./track-names.ts";

/**
 * The content of the file: one line that is rewritten for each track, a history that grows, or no track at all and why. A history names no
 * track either while its newest entry has no title: the song before it is over.
 */
export type NowPlaying =
  | { kind: "none"; why: string }
  | { kind: "line"; track: NamedTrack }
  | { kind: "history"; entries: readonly [HistoryEntry, ...HistoryEntry[]]; named: boolean };

const rulePattern = /^[-=_*]{3,}$/;
/** Where a streamed track lies: it names no track. */
const streamed = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Reads any content that VirtualDJ writes: one line `Artist - Title`; a text history with dated headers, dashed lines and
 * entries `HH:MM : Artist - Title`; a `.m3u` history with `#EXTVDJ` tags. The first " - " separates artist and title;
 * without one all of it is the title.
 * @param name of the file: it may hold the date of its entries
 */
export function parseNowPlaying(text: string, name = ""): NowPlaying {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== "");
  const playlist = isPlaylist(lines) ? playlistEntries(lines, midnightIn(name)) : undefined;
  const history = playlist ?? textHistory(lines, midnightIn(name));
  const [first, ...others] = history.entries;
  if (first !== undefined) return { kind: "history", entries: [first, ...others], named: history.named };
  if (playlist !== undefined) return { kind: "none", why: whyUnnamed(playlist.count) };
  const track = { ...splitNames(singleLine(lines.filter((line) => !streamed.test(line) && !isTextEntry(line))) ?? ""), duration: 0 };
  return track.artist === "" && track.title === "" ? { kind: "none", why: whyEmpty(lines) } : { kind: "line", track };
}

function whyUnnamed(count: number): string {
  return count === 0 ? "it is a playlist without an entry yet" : `none of its ${count} entries has a title: no #EXTVDJ tag, no #EXTINF, no file name`;
}

function whyEmpty(lines: readonly string[]): string {
  if (lines.length === 0) return "it is empty";
  return 'it has neither a line "Artist - Title" nor an entry "HH:MM : Artist - Title"';
}

/** The line that names the track in a file without entries; a line beside a dashed one is a header. */
function singleLine(lines: readonly string[]): string | undefined {
  const isRule = (index: number): boolean => rulePattern.test(lines[index] ?? "");
  const content = lines.filter((_, index) => !isRule(index) && !isRule(index + 1) && !isRule(index - 1));
  return content.length === 1 ? content[0] : content.find((line) => line.includes(" - "));
}
