import { cleanTrack } from "@vj/playback";
import { parseNowPlaying } from "@vj/virtualdj-monitor";
import { parseJson } from "@vj/schema";
import { z } from "zod";

/** A song of a set list. */
export interface ListedSong {
  readonly artist: string;
  readonly title: string;
  /** Seconds; 0 when unknown. */
  readonly duration: number;
}

/** What a text holds, and lines of it that name no song. */
export interface ParsedPlaylist {
  readonly songs: readonly ListedSong[];
  readonly unread: readonly string[];
}

const playedSchema = z.looseObject({ artist: z.string().default(""), title: z.string(), duration: z.number().min(0).catch(0).default(0) });
const entry = /^\d{1,2}:\d{2}(?::\d{2})? : \S/m;
const separator = /\s[-–—]\s|\t/;
/** A longer line names no song, characters. */
const longestLine = 4096;
const number = /^(?:\d{1,3}[.)]\s+|\d{1,3}\s+-\s+(?=.*\s[-–—]\s))/;

/**
 * Reads a set list of any kind: JSON lines of `vj played`, a VirtualDJ history (text, or m3u with its tags), an m3u, or one
 * `artist - title` a line. A song that is there twice counts once.
 */
export function parsePlaylist(text: string): ParsedPlaylist {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.slice(0, longestLine).trim()).filter((line) => line !== "");
  const { songs, unread } = readLines(text, lines);
  const seen = new Set<string>();
  const unique = songs.filter(({ artist, title }) => {
    const key = `${artist}\n${title}`.toLowerCase();
    return seen.has(key) ? false : (seen.add(key), true);
  });
  return { songs: unique, unread };
}

function readLines(text: string, lines: readonly string[]): ParsedPlaylist {
  if (lines[0]?.startsWith("{") === true || lines[0]?.startsWith("[") === true) return collect(jsonEntries(text, lines), readPlayed);
  if (/^#EXTVDJ:/im.test(text) || entry.test(text)) {
    const history = parseNowPlaying(text);
    return history.kind === "history" ? collect(history.entries, (song) => toSong([song.artist], song.title, song.duration)) : { songs: [], unread: [] };
  }
  if (/^#EXT(?:M3U|INF)/im.test(text) || lines.some((line) => /[\\/][^\\/]+\.\w{2,4}$/.test(line))) return readM3u(lines);
  return collect(lines.filter((line) => !line.startsWith("#")), readLine);
}

function collect<T>(entries: readonly T[], read: (entry: T) => ListedSong | undefined): ParsedPlaylist {
  const songs: ListedSong[] = [];
  const unread: string[] = [];
  for (const one of entries) {
    const song = read(one);
    if (song !== undefined) songs.push(song);
    else unread.push(typeof one === "string" ? one : JSON.stringify(one));
  }
  return { songs, unread };
}

/** One object a line, or one list of them. */
function jsonEntries(text: string, lines: readonly string[]): unknown[] {
  const whole = parseJson(text);
  return Array.isArray(whole) ? whole : lines.map((line) => parseJson(line) ?? line);
}

function readPlayed(value: unknown): ListedSong | undefined {
  const played = playedSchema.safeParse(value).data;
  return played === undefined ? undefined : toSong([played.artist], played.title, played.duration);
}

/** An entry is named by its `#EXTINF`, else by its file. */
function readM3u(lines: readonly string[]): ParsedPlaylist {
  const entries: { named: string; duration: number; file: string }[] = [];
  let [named, duration] = ["", 0];
  for (const line of lines) {
    const info = /^#EXTINF:\s*(-?[\d.]+)?[^,]*,(.*)$/i.exec(line);
    if (info !== null) [named, duration] = [info[2]?.trim() ?? "", Math.max(0, Number(info[1] ?? 0)) || 0];
    if (line.startsWith("#")) continue;
    entries.push({ named, duration, file: line });
    [named, duration] = ["", 0];
  }
  const read = ({ named: name, duration: seconds, file }: (typeof entries)[number]): ListedSong | undefined => readLine(name, seconds) ?? readLine(nameOf(file), seconds);
  const { songs, unread } = collect(entries, read);
  return { songs, unread: unread.map((json) => z.looseObject({ file: z.string() }).safeParse(parseJson(json)).data?.file ?? json) };
}

function nameOf(file: string): string {
  const base = file.split(/[\\/]/).at(-1)?.replace(/\.\w{2,4}$/, "") ?? "";
  try {
    return /^(?:file|https?):/i.test(file) ? decodeURIComponent(base) : base.replaceAll("_", " ");
  } catch {
    return base;
  }
}

function readLine(line: string, duration = 0): ListedSong | undefined {
  const [artist = "", ...title] = line.replace(/[^\S\t]+/g, " ").replace(/\t+/g, "\t").replace(number, "").split(separator);
  return toSong([artist], title.join(" - "), duration);
}

function toSong(artists: readonly string[], title: string, duration: number): ListedSong | undefined {
  const track = cleanTrack({ artists, title, duration });
  return track === undefined || track.artist === "" || track.title === "" ? undefined : { artist: track.artist, title: track.title, duration: track.duration };
}
