import { sanitizeText } from "@vj/schema";
import type { Track, TrackName } from "./track.ts";

/** A track as reported by a player. */
export interface ForeignTrack {
  /** In the player's order. */
  readonly artists: readonly string[];
  readonly title: string;
  readonly album?: string | undefined;
  /** Seconds. */
  readonly duration?: number | undefined;
}

/** Three such texts, an address and the rest of `/karaoke/track` fit into one datagram. */
const longestBytes = 400;
/** A day: a longer track is a fault or an endless stream. Seconds. */
const longestTrack = 86_400;

/**
 * A track with names that are safe to show and short enough to send: without control characters, composed (NFC), blanks
 * joined, at most 400 bytes each. Several artists are joined by ", ", as receivers expect. "feat.", "(Remix) [Extended
 * Mix]" and "A/B/C" are kept.
 * @returns undefined when the cleaned names are empty.
 */
export function cleanTrack({ artists, title, album = "", duration = 0 }: ForeignTrack): Track | undefined {
  const names = artists.slice(0, 100).map(cleanName).filter((name) => name !== "");
  const track = {
    artist: cut([...new Set(names)].join(", ")),
    title: cleanName(title),
    album: cleanName(album),
    duration: Number.isFinite(duration) && duration > 0 && duration <= longestTrack ? duration : 0,
  };
  return track.artist === "" && track.title === "" ? undefined : track;
}

/** One name, cleaned as in {@link cleanTrack}. */
export function cleanName(name: string): string {
  return cut(sanitizeText(name, longestBytes).normalize("NFC").replaceAll(/\s+/g, " ").trim());
}

function cut(text: string): string {
  if (Buffer.byteLength(text) <= longestBytes) return text;
  let [kept, bytes] = ["", 0];
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > longestBytes) break;
    kept += character;
  }
  return kept.trimEnd();
}

/** Words in brackets, or after " - ", that name a version and not the song. */
const version =
  /\b(?:feat|ft|featuring|with|prod|remix|mix|edit|version|remaster|remastered|live|mono|stereo|radio|extended|original|acoustic|instrumental|bonus|explicit|clean|vip|bootleg|rework|dub|club|single|demo|deluxe|anniversary)\b/i;
const brackets = /\s*[([{【（][^()[\]{}【】（）]*[)\]}】）]/gu;
const guests = /\s+(?:feat|ft|featuring)\b\.?\s.*$/i;

/**
 * A name as catalogues of songs list it: the first artist, and the title without guests and versions. For searching only;
 * the shown name stays unchanged. Empty only if the name is.
 */
export function searchName({ artist, title }: TrackName): TrackName {
  return { artist: firstArtist(artist), title: bareTitle(title) };
}

function bareTitle(title: string): string {
  const whole = title.replaceAll(brackets, (bracket) => (version.test(bracket) ? "" : bracket));
  const [name = "", ...rest] = whole.replace(guests, "").split(/\s+-\s+/);
  const kept = [name, ...rest.filter((part) => !version.test(part))].join(" - ").trim();
  return kept === "" ? title : kept;
}

/** "AC/DC" is one name: a slash separates artists only with blanks around it. */
function firstArtist(artist: string): string {
  const [first = ""] = artist.replace(guests, "").split(/\s*[,;]\s+|\s+\/\s+|\s+(?:vs|x)\.?\s+/i);
  const slashed = first.split("/");
  const kept = (slashed.length > 2 ? (slashed[0] ?? first) : first).trim();
  return kept === "" ? artist : kept;
}
