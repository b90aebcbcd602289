import type { LyricsLine, TelemetrySnapshot } from "../telemetry/snapshot.ts";
import { cutText, fitText, widthOf } from "../text/fit.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line, Span } from "../text/span.ts";
import { fold } from "../text/wrap.ts";
import { tenths } from "./now-head.ts";

/** Cells before the words: the mark of the line that is sung, and its time. */
const headWidth = 12;

/** Cells that a line takes at most. */
const mostWidth = 120;

/**
 * A line of the lyrics: its time, its words on as many rows as they take, whether it belongs to the refrain, and its keywords where there is
 * room.
 */
export function lyricRows({ time, text }: LyricsLine, isActive: boolean, { refrain, keywords }: TelemetrySnapshot, available: number): Line[] {
  // In a wide terminal what belongs to a line would stand too far away from it.
  const width = Math.min(available, mostWidth);
  const inRefrain = refrain.has(time);
  const words = text === "" ? "(instrumental)" : text;
  const marks = [inRefrain ? "refrain" : "", keywords.get(time) ?? ""].filter((mark) => mark !== "").join("  ");
  const room = Math.max(1, width - headWidth);
  const markRoom = width >= 60 ? Math.min(widthOf(marks), Math.floor(room / 3)) : inRefrain ? 1 : 0;
  const shownMarks = width >= 60 ? cutText(marks, markRoom) : inRefrain ? "R" : "";
  const wordRoom = Math.max(1, room - markRoom - 1);
  const styled = (part: string): Span | string => (isActive ? bold(part) : text === "" ? dim(part) : part);
  const [first = "", ...rest] = fold(words, wordRoom).map((part) => fitText(part, wordRoom));
  return [
    row(isActive ? "▸ " : "  ", dim(`${tenths(time).padStart(8)}  `), styled(first), " ", inRefrain ? coloured("cyan", shownMarks) : dim(shownMarks)),
    ...rest.map((part) => row(" ".repeat(headWidth), styled(part))),
  ];
}
