import type { Key } from "ink";

const named = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pageup"],
  ["pageDown", "pagedown"],
  ["home", "home"],
  ["end", "end"],
  ["return", "return"],
  ["escape", "escape"],
  ["backspace", "backspace"],
  // Most terminals send this for the backspace key.
  ["delete", "backspace"],
] as const satisfies readonly (readonly [keyof Key, string])[];

/** Keys that Ink names only when they come alone. */
const controls: Readonly<Record<string, string>> = {
  "\r": "return",
  "\n": "return",
  "\t": "tab",
  "\u007f": "backspace",
  "\u0003": "ctrl+c",
};

/** Names of the keys in one input of Ink: `q`, `up`, `ctrl+c`. Keys typed fast arrive together. */
export function readKeys(input: string, key: Key): string[] {
  if (key.tab) return [key.shift ? "shift+tab" : "tab"];
  const special = named.find(([flag]) => key[flag]);
  if (special !== undefined) return [special[1]];
  if (key.ctrl) return input === "" ? [] : [`ctrl+${input.toLowerCase()}`];
  return Array.from(input, (character) => controls[character] ?? character);
}
