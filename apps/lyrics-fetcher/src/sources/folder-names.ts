import path from "node:path";
import type { TrackName } from "@vj/playback";

const trackNumber = /^(?:\d{1,2}[-.])?\d{1,3}(?:[.)]?\s+|\s*[-–—.]\s*)(?=\S)/;
const languageOfSubtitles = /\.[a-z]{2,3}(?:-[A-Za-z]{2,8})?(?=\.(?:srt|vtt|ass|ssa)$)/i;
const separator = /\s+[-–—]+\s+/;

/**
 * The songs that a file may be of, by its name: `Artist - Title`, `Title - Artist`, `01 - Artist - Title`, or the title alone in the folder
 * of the artist or of an album of the artist.
 * @param file path below the folder of lyrics
 */
export function songsOfPath(file: string): TrackName[] {
  const whole = path.basename(file).replace(languageOfSubtitles, "");
  const name = path.basename(whole, path.extname(whole)).replaceAll("_", " ").trim();
  const folders = path.dirname(file).split(path.sep).filter((folder) => folder !== "." && folder !== "").slice(-2);
  return [...new Set([name, name.replace(trackNumber, "")])].flatMap((known) => {
    const [first = "", ...rest] = known.split(separator);
    const named = rest.length === 0 ? [] : [{ artist: first, title: rest.join(" - ") }, { artist: rest.join(" - "), title: first }];
    return [...named, ...folders.map((artist) => ({ artist, title: known }))];
  });
}

/** What the tags of LRC say at the beginning of a file. */
export interface Tags {
  readonly artist: string;
  readonly title: string;
  /** Seconds; 0: not said. */
  readonly duration: number;
  /** Whether nothing is sung. */
  readonly instrumental: boolean;
}

export function readTags(head: string): Tags {
  const tag = (name: string): string => new RegExp(String.raw`^[ \t\uFEFF]{0,20}\[${name}[ \t]{0,20}:([^\]\r\n]{0,300})\]`, "im").exec(head)?.[1]?.trim() ?? "";
  const [, minutes = 0, seconds = 0] = /^(\d{1,3}):(\d{1,2}(?:\.\d{1,3})?)$/.exec(tag("length")) ?? [];
  const instrumental = /^instrumental$/i.test(tag("au")) || /^(?:\[\d[\d:.]*\]\s*)?\[?instrumental\]?$/i.test(head.trim());
  return { artist: tag("ar"), title: tag("ti"), duration: Number(minutes) * 60 + Number(seconds), instrumental };
}
