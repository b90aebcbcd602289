import { cleanName } from "@vj/playback";
import { DayCount, splitNames } from "./track-names.ts";
import type { HistoryEntry } from "./track-names.ts";

/** A playlist, and how many entries it has, with a name or without. */
export interface Playlist {
  readonly entries: HistoryEntry[];
  /** Whether its newest entry has a title. */
  readonly named: boolean;
  readonly count: number;
}

/** An entry before the line of its file: from the tags of VirtualDJ, or not. */
interface Described extends Omit<HistoryEntry, "key"> {
  readonly line: string;
  readonly tagged: boolean;
}

const playlistLine = /^#(?:EXTM3U|EXTINF:|EXTVDJ:)/i;
const extinf = /^#EXTINF:\s*(?<seconds>-?[\d.]+)[^,]*,(?<names>.*)$/i;

/** Whether a text is a playlist. */
export function isPlaylist(lines: readonly string[]): boolean {
  return lines.some((line) => playlistLine.test(line));
}

/**
 * The entries of a `.m3u` history: `#EXTVDJ:` with its tags, else `#EXTINF:`, else the name of the file. A streamed track without either
 * has no name.
 * @param midnight of the day that its times belong to, epoch ms: entries may lack the time of day in epoch seconds
 */
export function playlistEntries(lines: readonly string[], midnight: number | undefined): Playlist {
  const entries: HistoryEntry[] = [];
  const days = new DayCount(midnight);
  const seen = new Map<string, number>();
  let described: Described | undefined;
  let [count, isNamed] = [0, false];
  const add = ({ artist, title, duration, playedAt, line }: Described): void => {
    count += 1;
    isNamed = title !== "";
    if (!isNamed) return;
    // A plain playlist has no times: the second play of a file is the second line that names it.
    const times = (seen.get(line) ?? 0) + 1;
    seen.set(line, times);
    entries.push({ artist, title, duration, playedAt, key: times === 1 ? line : `${line} ${times}` });
  };
  for (const line of lines) {
    if (/^#EXTVDJ:/i.test(line)) {
      if (described?.tagged === true) add(described);
      described = fromTags(line, days);
    } else if (line.startsWith("#")) {
      // The tags of VirtualDJ have more.
      if (described === undefined || described.title === "") described = fromExtinf(line) ?? described;
    } else {
      const named = described ?? { line, tagged: false, artist: "", title: "", duration: 0, playedAt: undefined };
      add(named.title === "" ? { ...named, ...splitNames(fileName(line)) } : named);
      described = undefined;
    }
  }
  // The line of the file may not be written yet; where the tags have no title, it may name one.
  if (described !== undefined && (described.title !== "" || count === 0)) add(described);
  return { entries, named: isNamed, count };
}

function fromTags(line: string, days: DayCount): Described {
  const [hours, minutes] = tag(line, "time").split(":");
  const time = hours === undefined || minutes === undefined ? undefined : days.at(Number(hours), Number(minutes));
  const epoch = positiveOr0(Number(tag(line, "lastplaytime"))) * 1000;
  const playedAt = epoch > 0 ? epoch : time;
  return {
    line,
    tagged: true,
    artist: cleanName(tag(line, "artist")),
    title: withRemix(cleanName(tag(line, "title")), cleanName(tag(line, "remix"))),
    duration: positiveOr0(Number(tag(line, "songlength"))),
    playedAt: playedAt !== undefined && Number.isFinite(playedAt) ? playedAt : undefined,
  };
}

function fromExtinf(line: string): Described | undefined {
  const groups = extinf.exec(line)?.groups;
  if (groups === undefined) return undefined;
  return { line, tagged: false, ...splitNames((groups["names"] ?? "").trim()), duration: positiveOr0(Number(groups["seconds"])), playedAt: undefined };
}

/** VirtualDJ keeps the version, in brackets after a title, in a tag of its own; a title that still has brackets contains its version. */
function withRemix(title: string, remix: string): string {
  return title === "" || remix === "" || /[)\]]$/.test(title) ? title : cleanName(`${title} (${remix})`);
}

/** The name of a file without folder and ending; empty for a streamed track, whose address is not a name. */
function fileName(line: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(line)) return "";
  return (line.split(/[\\/]/).at(-1) ?? "").replace(/\.[a-z0-9]{1,5}$/i, "").trim();
}

/** The text of `<name>…</name>`, empty without it. */
function tag(line: string, name: string): string {
  const start = line.indexOf(`<${name}>`);
  const end = line.indexOf(`</${name}>`, start);
  return start < 0 || end < 0 ? "" : unescapeXml(line.slice(start + name.length + 2, end)).trim();
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(?<decimal>\d{1,7})|#x(?<hex>[0-9a-f]{1,6})|(?<name>amp|lt|gt|quot|apos));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function positiveOr0(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 0;
}
