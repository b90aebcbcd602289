import { markNoPastes, mouseOff } from "../input/modes.ts";

/**
 * Takes the screen: the alternate one, empty, without a cursor, and without wrapping, so that a row which the terminal finds wider than
 * we do is cut instead of pushing all others up.
 */
export const takeScreen = "\u001b[?1049h\u001b[2J\u001b[H\u001b[?25l\u001b[?7l";

/** Gives the screen back as it was, with everything that a terminal may still be asked for switched off. */
export const giveScreenBack = "\u001b[?7h\u001b[m\u001b[?1049l\u001b[?25h";

/** The same for a program that has died: the mouse and the marks of pastes are still on, too. */
export const giveBackAll = mouseOff + markNoPastes + giveScreenBack;

const beginUpdate = "\u001b[?2026h";
const endUpdate = "\u001b[?2026l";

/** Programs whose terminals show a picture only when all of it has come; others ignore the request, or are not known to. */
const synchronizing = /^(iTerm\.app|WezTerm|ghostty|vscode|rio|contour|mintty)$/;
const synchronizingTerms = /^(xterm-kitty|xterm-ghostty|foot|alacritty|contour|wezterm|rio)/;

/** Whether the terminal is known to show a picture at once (DECSET 2026). `VJ_SYNC=1` or `0` decides otherwise. */
export function synchronizes(env: NodeJS.ProcessEnv): boolean {
  const wanted = env["VJ_SYNC"];
  if (wanted !== undefined && wanted !== "") return wanted !== "0";
  if (env["TMUX"]) return false;
  return Boolean(env["WT_SESSION"]) || Boolean(env["KITTY_WINDOW_ID"]) || synchronizing.test(env["TERM_PROGRAM"] ?? "") || synchronizingTerms.test(env["TERM"] ?? "");
}

/** A picture as one update, where the terminal can show it as one. */
export function asUpdate(bytes: string, synchronized: boolean): string {
  return synchronized ? beginUpdate + bytes + endUpdate : bytes;
}
