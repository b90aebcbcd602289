import { linesOfText } from "./text-lines.ts";
import { stamp, toStampedLines } from "./write-lrc.ts";
import type { TimedText } from "./write-lrc.ts";

const clock = /^\s*(\d{1,3}):(\d{1,2}):(\d{1,2})(?:[.:](\d{1,3}))?\s*$/;
const mostEvents = 5000;
/** The columns of an event where the file does not name them. */
const usualColumns = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"];

/**
 * SubStation Alpha (`.ass`, `.ssa`) as LRC: its dialogue, with the times of karaoke as stamps of words. Styles, comments and
 * drawings are left out.
 * @returns undefined when it has no dialogue. Never throws; takes time proportional to the length.
 */
export function substationAsLrc(text: string): string | undefined {
  let columns: readonly string[] = usualColumns;
  let inEvents = false;
  const events: TimedText[] = [];
  const seen = new Set<string>();
  for (const line of linesOfText(text)) {
    if (line.startsWith("[")) inEvents = /^\[events\]/i.test(line);
    const [, kind = "", rest = ""] = /^(Format|Dialogue):(.*)$/i.exec(line) ?? [];
    if (!inEvents || kind === "" || events.length >= mostEvents) continue;
    if (kind.toLowerCase() === "format") {
      columns = rest.slice(0, 1000).split(",").map((name) => name.trim().toLowerCase());
      continue;
    }
    const event = readEvent(rest, columns);
    // Effects draw one line several times, in layers.
    const key = `${event?.startMs} ${event?.text}`;
    if (event === undefined || seen.has(key)) continue;
    seen.add(key);
    events.push(event);
  }
  return events.length === 0 ? undefined : toStampedLines(events);
}

/** The text is the last column, and may have commas. */
function readEvent(line: string, columns: readonly string[]): TimedText | undefined {
  const parts = line.split(",", columns.length - 1);
  const startMs = msOf(parts[columns.indexOf("start")]);
  const endMs = msOf(parts[columns.indexOf("end")]);
  const text = line.slice(parts.reduce((at, part) => at + part.length + 1, 0));
  return startMs === undefined || isDrawing(text) ? undefined : { startMs, endMs, text: plain(text, startMs) };
}

function isDrawing(text: string): boolean {
  return /\{[^{}]{0,200}\\p[1-9]/.test(text);
}

/** Tags of one group, in braces; a karaoke tag has the duration of what follows, in hundredths of a second. */
const group = /\{([^{}]*)\}/g;
const karaoke = /\\[kK][fot]?(\d{1,6})/;

function plain(text: string, startMs: number): string {
  let at = startMs;
  const stamped = text.replaceAll(/\[(?=[^\]]{0,40}:)/g, "(").replaceAll(group, (_, tags: string) => {
    const duration = karaoke.exec(tags.slice(0, 300))?.[1];
    if (duration === undefined) return "";
    const begin = at;
    at += Number(duration) * 10;
    return `<${stamp(begin)}>`;
  });
  return stamped.replaceAll(/\\[Nnh]/g, " ").trim();
}

function msOf(text = ""): number | undefined {
  const [, hours, minutes, seconds, fraction = "0"] = clock.exec(text) ?? [];
  return hours === undefined ? undefined : Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(`${seconds}.${fraction}`)) * 1000);
}
