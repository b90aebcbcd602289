/** What a text file of VirtualDJ says about the track. */
export interface NamedTrack {
  artist: string;
  title: string;
  /** Time of its entry in a history, for example "22:53": the same track played again has another. Else empty. */
  time: string;
}

const entryPattern = /^(?<time>\d{1,2}:\d{2}(?::\d{2})?) : (?<names>.+)$/;
const rulePattern = /^[-=_*]{3,}$/;
/** Both names must fit into one datagram, whatever the file holds. */
const longestName = 150;

/**
 * Reads either content of the file: a history with a header, dashed lines and entries `HH:MM : Artist - Title`, of which
 * the last counts, or one line `Artist - Title`. The first " - " separates; without one all of it is the title.
 * @returns undefined when the text names no track.
 */
export function parseNowPlaying(text: string): NamedTrack | undefined {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== "");
  const entry = lines.map((line) => entryPattern.exec(line)?.groups).findLast((groups) => groups !== undefined);
  const names = entry?.["names"] ?? singleLine(lines);
  return names === undefined ? undefined : { ...splitNames(names), time: entry?.["time"] ?? "" };
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
