import { placeOf } from "@vj/lyrics-fetcher";
import type { TapSession } from "@vj/lyrics-fetcher";
import { sanitizeText } from "@vj/schema";

/** Rows of the picture. */
export const tapRows = 3;

/**
 * What is shown while somebody taps along: the position, the line with the next word marked, and the line after it.
 * @param position seconds; undefined while nothing plays @param columns of the terminal
 */
export function tapScreen(session: TapSession, position: number | undefined, columns: number): string[] {
  const { line, part } = placeOf(session);
  const last = session.taps.at(-1) ?? 0;
  const early = position !== undefined && position < last ? `   tapped until ${clock(last)}; backspace takes lines back` : "";
  const head = position === undefined ? "waiting for the song to play" : `${clock(position)}   line ${Math.min(line + 1, session.lines.length)} of ${session.lines.length}${early}`;
  const parts = (session.lines[line]?.parts ?? []).map((word, index) => (index === part ? `[${word}]` : word));
  const rows = [head, `> ${parts.join(" ")}`, `  ${session.lines[line + 1]?.text ?? ""}`];
  return rows.map((row) => cut(sanitizeText(row, 1000), columns - 1));
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;
}

/** Signs of wide scripts take two columns. */
function cut(row: string, columns: number): string {
  let [kept, width] = ["", 0];
  for (const sign of row) {
    width += (sign.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
    if (width > columns) return kept;
    kept += sign;
  }
  return kept;
}
