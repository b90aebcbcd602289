import { withoutEntities } from "./entities.ts";
import { linesOfText } from "./text-lines.ts";
import { toStampedLines } from "./write-lrc.ts";
import type { TimedText } from "./write-lrc.ts";

const time = String.raw`(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,9}))?`;
/** The line with the times of a cue: of SubRip and WebVTT with an arrow, of YouTube's SBV with a comma. */
const timing = new RegExp(String.raw`^\s*${time}(?:\s*-->\s*|,(?=\d{1,3}:\d{1,2}:))${time}(?:\s.*)?$`);
const isSubtitles = /-->|\d[.,]\d{1,9},\d/;

const mostCues = 5000;

/** Tags of WebVTT with names in them. */
const tags = /<\/?(?:v|c|lang)(?:[. \t][^<>]{0,100})?>/gi;

/**
 * SubRip, WebVTT or SBV as LRC: the lines of a cue become one, times within it stamps of words.
 * @returns undefined when it has no cue. Never throws; takes time proportional to the length.
 */
export function subtitlesAsLrc(text: string): string | undefined {
  if (!isSubtitles.test(text)) return undefined;
  const cues: { startMs: number; endMs: number; lines: string[] }[] = [];
  let open = false;
  for (const line of linesOfText(text)) {
    const times = timing.exec(line);
    const cue = cues.at(-1);
    if (times !== null) {
      if (cues.length >= mostCues) break;
      // Without an empty line between them the number of a cue stands below the text of the one before.
      if (open && /^\s*\d+\s*$/.test(cue?.lines.at(-1) ?? "")) cue?.lines.pop();
      cues.push({ startMs: msOf(times.slice(1, 5)), endMs: msOf(times.slice(5, 9)), lines: [] });
      open = true;
    } else if (line.trim() !== "") {
      if (open) cue?.lines.push(line);
    } else if (cue !== undefined && cue.lines.length > 0) open = false;
  }
  return cues.length === 0 ? undefined : toStampedLines(cues.map(({ lines, ...times }): TimedText => ({ ...times, text: lines.map(plain).join(" ") })));
}

/** Without what LRC would read as a stamp or a tag of its own. */
function plain(line: string): string {
  const unmarked = line.replace(tags, "").replaceAll(/\[(?=[^\]]{0,40}:)/g, "(");
  return withoutEntities(unmarked).trim();
}

function msOf([hours = "0", minutes = "0", seconds = "0", fraction = "0"]: readonly string[]): number {
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(`${seconds}.${fraction}`)) * 1000;
}
