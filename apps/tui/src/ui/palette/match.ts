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
    // An action that is followed by an argument was written in full: it fits best.
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

/** Letters that may be passed over in the middle of words: enough for a slip, too few for a name that only happens to have these letters. */
const mostSkipped = 2;
/** Letters that are compared: no name is longer. */
const mostTyped = 80;

/**
 * How well a typed text fits a name; undefined when it does not. It fits when each typed word stands in it, or when its letters stand in the
 * name in their order, each right after the one before or at the start of a word: `resaud` for `restart audio_analyzer`.
 */
function scoreOf(name: string, typed: string): number | undefined {
  const words = typed.split(/\s+/);
  const letters = words.join("").slice(0, mostTyped);
  const loose = looseScore(name, letters);
  if (words.every((word) => name.includes(word))) return 100 + (loose ?? 0);
  return loose;
}

function looseScore(name: string, letters: string): number | undefined {
  const known = new Map<string, number | undefined>();
  /** @param from place after the letter before @param index of the next letter @param skipped letters passed over so far */
  const best = (from: number, index: number, skipped: number): number | undefined => {
    const letter = letters[index];
    if (letter === undefined) return 0;
    const key = `${from} ${index} ${skipped}`;
    if (known.has(key)) return known.get(key);
    let score: number | undefined;
    for (let at = name.indexOf(letter, from); at >= 0; at = name.indexOf(letter, at + 1)) {
      const isNext = at === from && index > 0;
      const isStart = isWordStart(name, at);
      const passed = isNext || isStart ? 0 : at - from;
      if (index === 0 && !isStart) continue;
      if (skipped + passed > mostSkipped) continue;
      const rest = best(at + 1, index + 1, skipped + passed);
      if (rest !== undefined) score = Math.max(score ?? -Infinity, rest + (isNext ? 8 : isStart ? 6 : -passed));
    }
    known.set(key, score);
    return score;
  };
  return best(0, 0, 0);
}

function isWordStart(name: string, at: number): boolean {
  return at === 0 || /[ _.:/-]/.test(name[at - 1] ?? "");
}
