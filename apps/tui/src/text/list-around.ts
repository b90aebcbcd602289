import { lineWidth } from "./fit.ts";
import { clickable, row, selected, textOf } from "./span.ts";
import type { Line } from "./span.ts";
import { fold } from "./wrap.ts";

/**
 * The rows of a list around its chosen one, which is in reverse video and has nothing cut: its text goes on in rows below.
 * @param at place of the chosen row
 */
export function listAround(lines: readonly Line[], at: number, { room, width }: { readonly room: number; readonly width: number }): Line[] {
  const chosen = wholeLine(lines[at] ?? [], width).slice(0, room).map(selected);
  const rows = [...lines.slice(0, at), ...chosen, ...lines.slice(at + 1)];
  const first = Math.max(0, Math.min(at - Math.floor((room - chosen.length) / 2), rows.length - room));
  return rows.slice(first, first + room);
}

/** A row that is too wide for the screen on as many as it takes, with their margin; clicks count on each. */
function wholeLine(line: Line, width: number): Line[] {
  if (lineWidth(line) <= width) return [line];
  const text = textOf(line).trimEnd();
  const margin = text.length - text.trimStart().length + 4;
  const [first = "", ...rest] = fold(text, width);
  const below = fold(text.slice(first.length).trimStart(), width - margin).map((part) => " ".repeat(margin) + part);
  const click = line[0]?.style.click;
  const rows = [first, ...(rest.length === 0 ? [] : below)].map((part) => row(part));
  return click === undefined ? rows : rows.map((part) => clickable(part, click));
}
