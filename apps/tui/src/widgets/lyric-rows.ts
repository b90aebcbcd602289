import type { LyricsLine, TelemetrySnapshot } from "../telemetry/snapshot.ts";
import { cutText, fitText, widthOf } from "../text/fit.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { tenths } from "./now-head.ts";

/** A line of the lyrics: its time, its words, whether it belongs to the refrain, and its keywords where there is room. */
export function lyricRow({ time, text }: LyricsLine, isActive: boolean, { refrain, keywords }: TelemetrySnapshot, width: number): Line {
  const inRefrain = refrain.has(time);
  const words = text === "" ? "(instrumental)" : text;
  const marks = [inRefrain ? "refrain" : "", keywords.get(time) ?? ""].filter((mark) => mark !== "").join("  ");
  const room = Math.max(1, width - 12);
  const markRoom = width >= 60 ? Math.min(widthOf(marks), Math.floor(room / 3)) : inRefrain ? 1 : 0;
  const shownMarks = width >= 60 ? cutText(marks, markRoom) : inRefrain ? "R" : "";
  const shown = fitText(cutText(words, room - markRoom - 1), room - markRoom - 1);
  return row(isActive ? "▸ " : "  ", dim(`${tenths(time).padStart(8)}  `), isActive ? bold(shown) : text === "" ? dim(shown) : shown, " ", inRefrain ? coloured("cyan", shownMarks) : dim(shownMarks));
}
