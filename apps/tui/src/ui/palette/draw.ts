import { cutText, fitText, lineWidth } from "../../text/fit.ts";
import { listAround } from "../../text/list-around.ts";
import { Span, bold, dim, row } from "../../text/span.ts";
import type { Drawing, View } from "../../widgets/view.ts";
import type { Action } from "./action.ts";
import { offers } from "./palette.ts";
import type { Palette } from "./palette.ts";

/** Draws what is typed, and below it what it may mean. Pure. */
export function drawPalette(palette: Palette, actions: readonly Action[], history: readonly string[], view: View): Drawing {
  const shown = offers(palette, actions, history);
  const typed = row(bold(" : "), cutEnd(palette.text, view.width - 6), new Span(" ", { inverse: true }));
  const at = Math.min(palette.at, shown.length - 1);
  const nameWidth = Math.min(Math.floor(view.width * 0.6), Math.max(12, ...shown.map(({ done, action }) => lineWidth(row(done ?? action.name)) + 1)));
  const list = shown.map(({ action, rest, done }, index) => {
    const name = done ?? (rest === "" ? action.name : `${action.name} ${rest}`);
    const about = done !== undefined ? "done before" : rest === "" && action.takes !== undefined ? `${action.takes}  ${action.about}` : action.about;
    // The chosen one is shown whole.
    if (index === at) return row("▸ ", lineWidth(row(name)) > nameWidth ? name : fitText(name, nameWidth), "  ", dim(about));
    return row("  ", fitText(name, nameWidth), "  ", dim(cutText(about, Math.max(0, view.width - nameWidth - 4))));
  });
  const top = [typed, []];
  const rows = list.length === 0 ? [row(dim("  nothing is called so"))] : listAround(list, Math.max(0, at), { room: Math.max(1, view.height - top.length), width: view.width });
  return { top: [...top, ...rows], list: [] };
}

/** The end of a text that is too long. */
function cutEnd(text: string, width: number): string {
  const characters = Array.from(text);
  let shown = text;
  for (let from = 1; lineWidth(row(shown)) > width && from < characters.length; from += 1) shown = `…${characters.slice(from).join("")}`;
  return shown;
}
