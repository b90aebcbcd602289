/** What a text file of VirtualDJ says about a track. */
export interface NamedTrack {
  artist: string;
  title: string;
  /** Seconds, 0 when the file does not hold it. */
  duration: number;
}

/** An entry of a history. */
export interface HistoryEntry extends NamedTrack {
  /** Distinguishes two entries, also two plays of one track. */
  key: string;
  /** When it was played, epoch milliseconds, where the file gives the date; to the minute in a text history. */
  playedAt: number | undefined;
}

/** The content of the file: one line that is rewritten for each track, a history that grows, or no track at all. */
export type NowPlaying =
  | { kind: "none" }
  | { kind: "line"; track: NamedTrack }
  | { kind: "history"; entries: readonly [HistoryEntry, ...HistoryEntry[]] };

const entryPattern = /^(?<hours>\d{1,2}):(?<minutes>\d{2})(?::(?<seconds>\d{2}))? : (?<names>.+)$/;
const datePattern = /\b(?<year>\d{4})[/.-](?<month>\d{1,2})[/.-](?<day>\d{1,2})\b/;
const rulePattern = /^[-=_*]{3,}$/;
const playlistHead = /^#EXTVDJ:/i;
/** Lines of a playlist that name no track: its tags, and where a streamed track lies. */
const playlistLine = /^(?:#EXT|[a-z][\da-z+.-]*:\/\/)/i;
/** Both names must fit into one datagram, whatever the file holds. */
const longestName = 150;
const dayMs = 86_400_000;

/**
 * Reads any content that VirtualDJ writes: one line `Artist - Title`; a text history with dated headers, dashed lines and
 * entries `HH:MM : Artist - Title`; a `.m3u` history with `#EXTVDJ` tags. The first " - " separates artist and title;
 * without one all of it is the title.
 */
export function parseNowPlaying(text: string): NowPlaying {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== "");
  const [first, ...others] = lines.some((line) => playlistHead.test(line)) ? playlistEntries(lines) : textEntries(lines);
  if (first !== undefined) return { kind: "history", entries: [first, ...others] };
  const line = singleLine(lines.filter((entry) => !playlistLine.test(entry)));
  return line === undefined ? { kind: "none" } : { kind: "line", track: { ...splitNames(line), duration: 0 } };
}

function textEntries(lines: readonly string[]): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  let day: number | undefined;
  let before = 0;
  for (const line of lines) {
    const groups = entryPattern.exec(line)?.groups;
    if (groups === undefined) {
      const midnight = midnightOf(line);
      if (midnight !== undefined) [day, before] = [midnight, 0];
      continue;
    }
    const { hours, minutes, seconds = "0", names = "" } = groups;
    const time = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
    // A set that runs over midnight stays under the date on which it began.
    if (day !== undefined && time < before) day += dayMs;
    before = time;
    const playedAt = day === undefined ? undefined : day + time;
    entries.push({ ...splitNames(names), duration: 0, key: `${day ?? ""} ${line}`, playedAt });
  }
  return entries;
}

/** Midnight, local time, of the date in a header; undefined without one. */
function midnightOf(line: string): number | undefined {
  const groups = datePattern.exec(line)?.groups;
  if (groups === undefined) return undefined;
  return new Date(Number(groups["year"]), Number(groups["month"]) - 1, Number(groups["day"])).getTime();
}

function playlistEntries(lines: readonly string[]): HistoryEntry[] {
  return lines.filter((line) => playlistHead.test(line)).flatMap((line): HistoryEntry[] => {
    const title = tag(line, "title");
    if (title === "") return [];
    const playedAt = Number(tag(line, "lastplaytime")) * 1000;
    return [
      {
        artist: shorten(tag(line, "artist")),
        title: shorten(title),
        duration: positiveOr0(Number(tag(line, "songlength"))),
        key: line,
        playedAt: playedAt > 0 ? playedAt : undefined,
      },
    ];
  });
}

/** The text of `<name>…</name>`, empty without it. */
function tag(line: string, name: string): string {
  const start = line.indexOf(`<${name}>`);
  const end = line.indexOf(`</${name}>`, start);
  return start < 0 || end < 0 ? "" : unescapeXml(line.slice(start + name.length + 2, end)).trim();
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => entities[name] ?? whole);
}

function positiveOr0(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 0;
}

/** The line that names the track in a file without entries; a line beside a dashed one is a header. */
function singleLine(lines: readonly string[]): string | undefined {
  const isRule = (index: number): boolean => rulePattern.test(lines[index] ?? "");
  const content = lines.filter((_, index) => !isRule(index) && !isRule(index + 1) && !isRule(index - 1));
  return content.length === 1 ? content[0] : content.find((line) => line.includes(" - "));
}

function splitNames(names: string): { artist: string; title: string } {
  // Without an artist the line begins with the separator, whose first blank was trimmed.
  const at = ` ${names}`.indexOf(" - ");
  const [artist, title] = at < 0 ? ["", names] : [names.slice(0, Math.max(0, at - 1)), names.slice(at + 2)];
  return { artist: shorten(artist), title: shorten(title) };
}

function shorten(name: string): string {
  return Array.from(name.trim()).slice(0, longestName).join("");
}
