import type { KeyContext } from "./keys.ts";

/** A question is open for this long, milliseconds. */
const questionMs = 10_000;

/** Asks before something is done that would be missed in a show. @param question ends in a question mark @param yes what `y` does */
export function ask({ ui, setUi, now }: Pick<KeyContext, "ui" | "setUi" | "now">, question: string, yes: () => void): void {
  setUi({ ...ui, overlay: { kind: "confirm", question, until: now + questionMs, yes, under: ui.overlay } });
}
