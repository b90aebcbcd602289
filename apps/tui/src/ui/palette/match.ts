import type { Action } from "./action.ts";

/** An action that fits what was typed. */
export interface Match {
  readonly action: Action;
  /** What was typed after its name. */
  readonly rest: string;
}

/** The actions that fit a typed text, best first. Pure. */
export function findActions(actions: readonly Action[], text: string): readonly Match[] {
  const typed = text.trim().toLowerCase();
  if (typed === "") return actions.map((action) => ({ action, rest: "" }));
  const scored = actions.flatMap((action) => {
    const rest = restAfter(action, text);
    // What is followed by something that it takes was written in full.
    const score = rest === undefined ? scoreOf(action.name.toLowerCase(), typed) : 1000;
    return score === undefined ? [] : [{ action, rest: rest ?? "", score }];
  });
  return scored.sort((one, other) => other.score - one.score || one.action.name.length - other.action.name.length);
}

/** What stands after the name of an action that takes something, each word of the name at least begun; undefined: it does not. */
function restAfter({ name, takes }: Action, text: string): string | undefined {
  if (takes === undefined) return undefined;
  const words = name.toLowerCase().split(" ");
  const typed = text.trim().split(/\s+/);
  if (typed.length <= words.length || !words.every((word, index) => word.startsWith((typed[index] ?? "").toLowerCase()))) return undefined;
  return typed.slice(words.length).join(" ");
}

/** How well the characters of `typed` stand in a name, in their order; undefined when they do not. */
function scoreOf(name: string, typed: string): number | undefined {
  let score = 0;
  let at = -1;
  for (const character of typed.replaceAll(" ", "")) {
    const next = bestPlace(name, character, at + 1);
    if (next < 0) return undefined;
    if (next === at + 1) score += 8;
    else if (isWordStart(name, next)) score += 6;
    else score -= Math.min(5, next - at);
    at = next;
  }
  // Whole words count more than letters that happen to be there.
  return score + (typed.split(/\s+/).every((word) => name.includes(word)) ? 100 : 0);
}

/** The next place of a character: right here, else at the start of a word, else anywhere. */
function bestPlace(name: string, character: string, from: number): number {
  const next = name.indexOf(character, from);
  if (next === from || next < 0) return next;
  for (let at = next; at >= 0; at = name.indexOf(character, at + 1)) {
    if (isWordStart(name, at)) return at;
  }
  return next;
}

function isWordStart(name: string, at: number): boolean {
  return at === 0 || /[ _.:/-]/.test(name[at - 1] ?? "");
}
