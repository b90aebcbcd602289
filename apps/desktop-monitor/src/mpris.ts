import { cleanName, cleanTrack } from "@vj/playback";
import type { Track } from "@vj/playback";
import { fileTitle, isFileName } from "./file-name.ts";

/** Names of media players on the bus: https://specifications.freedesktop.org/mpris-spec/latest/ */
export const mprisPrefix = "org.mpris.MediaPlayer2.";
export const mprisPath = "/org/mpris/MediaPlayer2";
export const playerInterface = "org.mpris.MediaPlayer2.Player";
export const propertiesInterface = "org.freedesktop.DBus.Properties";

/** What a player reports of itself. */
export interface PlayerFacts {
  readonly status: "playing" | "paused" | "stopped";
  readonly track: Track | undefined;
  /** The track has its names from the name of a file: tags may still come. */
  readonly fileOnly: boolean;
  /** Distinguishes two plays of tracks with the same names. */
  readonly id: string;
  /** 0–16; at 0 its position stands still, or goes back. */
  readonly rate: number;
  /** Seconds; undefined where it reports none. */
  readonly seconds: number | undefined;
}

const longestName = 1000;
const mostArtists = 50;
/** A day, microseconds. Some players give the largest number that there is for "unknown". */
const longestTime = 86_400e6;
const fastest = 16;

/** Reads the properties of `org.mpris.MediaPlayer2.Player`, as they come from the bus; what makes no sense counts as missing. */
export function readPlayer(properties: unknown): PlayerFacts {
  const get = reader(properties);
  const metadata = reader(get("Metadata"));
  const status = text(get("PlaybackStatus")).toLowerCase();
  return {
    status: status === "playing" || status === "paused" ? status : "stopped",
    ...trackOf(metadata),
    id: text(metadata("mpris:trackid")),
    rate: rateOf(number(get("Rate"))),
    seconds: secondsOf(get("Position")),
  };
}

/** Reads a time of MPRIS, microseconds. @returns seconds; undefined when it is none, or more than a day. */
export function secondsOf(value: unknown): number | undefined {
  const microseconds = number(plain(value));
  return microseconds === undefined || microseconds < 0 || microseconds > longestTime ? undefined : microseconds / 1_000_000;
}

/** Backwards and standing still are 0: nothing goes on by the clock then. */
function rateOf(rate: number | undefined): number {
  return rate === undefined ? 1 : Math.min(fastest, Math.max(0, rate));
}

/** The short name of a player: `org.mpris.MediaPlayer2.vlc.instance123` is `vlc`. */
export function shortName(busName: string): string {
  const name = busName.slice(mprisPrefix.length);
  return cleanName(name.split(".")[0] ?? name);
}

/** Where a player stands in a list of short names, whatever the case of their letters; -1 when it is not there. */
export function placeIn(names: readonly string[], busName: string): number {
  const name = shortName(busName).toLowerCase();
  return names.findIndex((one) => one.toLowerCase() === name);
}

function trackOf(metadata: (key: string) => unknown): Pick<PlayerFacts, "track" | "fileOnly"> {
  const artists = texts(metadata("xesam:artist"));
  const names = artists.length > 0 ? artists : texts(metadata("xesam:albumArtist"));
  const [title, url] = [text(metadata("xesam:title")), text(metadata("xesam:url"))];
  const fileOnly = names.length === 0 && (title === "" || isFileName(title, url));
  const track = cleanTrack({
    artists: names,
    title: fileOnly || title === "" ? fileTitle(title, url) : title,
    album: text(metadata("xesam:album")),
    duration: secondsOf(metadata("mpris:length")) ?? 0,
  });
  if (track === undefined) return { track, fileOnly: false };
  return { track: track.artist === "" ? split(track) : track, fileOnly };
}

/** Files without tags and pages of video sites have both names in one. */
function split(track: Track): Track {
  const at = track.title.indexOf(" - ");
  if (at <= 0) return track;
  return { ...track, artist: track.title.slice(0, at).trim(), title: track.title.slice(at + 3).trim() };
}

/** The values of a dictionary by key, without the wrapping in which the bus says their types. */
function reader(value: unknown): (key: string) => unknown {
  const record = plain(value);
  if (typeof record !== "object" || record === null) return () => undefined;
  return (key) => (Object.hasOwn(record, key) ? plain(Reflect.get(record, key)) : undefined);
}

function plain(value: unknown): unknown {
  return typeof value === "object" && value !== null && "signature" in value && "value" in value ? value.value : value;
}

/** Numbers come in every type that the bus has, and from some players as text. */
function number(value: unknown): number | undefined {
  const isText = typeof value === "string" && /^-?\d{1,20}(?:\.\d{1,20})?$/.test(value);
  const converted = typeof value === "bigint" || isText ? Number(value) : value;
  return typeof converted === "number" && Number.isFinite(converted) ? converted : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, longestName) : "";
}

/** Some players give one text where the specification wants a list. */
function texts(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.slice(0, mostArtists).map(text).filter((name) => name !== "");
}
