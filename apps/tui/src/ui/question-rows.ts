import { cutText, widthOf } from "../text/fit.ts";
import { coloured, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { fold } from "../text/wrap.ts";
import type { Overlay } from "./ui-state.ts";

/** Rows of a question at most: names come from strangers. */
const most = 4;

/**
 * An open question, whole: beside its keys where it fits, else in rows of its own above them. Pure.
 * @param room cells beside the keys @param width cells of a row
 */
export function questionRows(overlay: Overlay | undefined, room: number, width: number): { readonly above: readonly Line[]; readonly beside: Line } {
  if (overlay?.kind !== "confirm") return { above: [], beside: [] };
  const { question } = overlay;
  if (widthOf(question) + 2 <= room) return { above: [], beside: [coloured("yellow", ` ${question} `)] };
  const rows = fold(question, Math.max(1, width - 1));
  // A question that is too long loses its end, which says less than its beginning.
  const shown = rows.length <= most ? rows : [...rows.slice(0, most - 1), cutText(rows.slice(most - 1).join(" "), width - 1)];
  return { above: shown.map((text) => row(coloured("yellow", ` ${text}`))), beside: [] };
}
