import { ContractError } from "./errors.ts";

/** One step of a pattern: the positions in the address that it reaches from any of those reached before. */
type Step = (address: string, reached: ReadonlySet<number>) => Set<number>;

/**
 * Matches addresses with an OSC 1.0 pattern: `?` one character, `*` any within a part, `[a-z]` and `[!a-z]` one of them, `{a,b}` one of the
 * texts. A `*` at the very end also matches all parts below, as in subscriptions. Takes time by the product of the lengths at most,
 * whatever the pattern.
 * @throws ContractError `pattern` when brackets do not close, or a range runs backwards.
 */
export function oscPattern(pattern: string): (address: string) => boolean {
  const steps = stepsOf(pattern);
  return (address) => {
    let reached = new Set([0]);
    for (const step of steps) {
      reached = step(address, reached);
      if (reached.size === 0) return false;
    }
    return reached.has(address.length);
  };
}

/** The beginning of a pattern that is the same in every address it matches. */
export function literalPrefix(pattern: string): string {
  return /^[^*?[{]*/.exec(pattern)?.[0] ?? "";
}

function stepsOf(pattern: string): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern[at] ?? "";
    if (sign === "*") {
      // Neighbouring stars match what one of them does.
      if (pattern[at - 1] !== "*" || at === pattern.length - 1) steps.push(at === pattern.length - 1 ? toEnd : withinPart);
    } else if (sign === "?") steps.push(one((character) => character !== "/"));
    else if (sign === "[" || sign === "{") {
      const end = pattern.indexOf(sign === "[" ? "]" : "}", at + 1);
      if (end < 0) throw new ContractError("pattern", `"${pattern}" opens ${sign} at character ${at + 1} and does not close it`);
      const inner = pattern.slice(at + 1, end);
      steps.push(sign === "[" ? one(characterClass(inner, pattern)) : anyOf(inner.split(",")));
      at = end;
    } else steps.push(anyOf([sign]));
  }
  return steps;
}

const toEnd: Step = (address) => new Set([address.length]);

const withinPart: Step = (address, reached) => {
  const next = new Set<number>();
  for (const from of reached) {
    // From a position that is reached already, so are all behind it.
    for (let to = from; !next.has(to) && to <= address.length; to += 1) {
      next.add(to);
      if (address[to] === "/") break;
    }
  }
  return next;
};

const one = (fits: (character: string) => boolean): Step => (address, reached) => {
  const next = new Set<number>();
  for (const from of reached) {
    const character = address[from];
    if (character !== undefined && fits(character)) next.add(from + 1);
  }
  return next;
};

const anyOf = (texts: readonly string[]): Step => (address, reached) => {
  const next = new Set<number>();
  for (const from of reached) for (const text of texts) if (address.startsWith(text, from)) next.add(from + text.length);
  return next;
};

function characterClass(inner: string, pattern: string): (character: string) => boolean {
  const negated = inner.startsWith("!");
  const ranges: (readonly [low: string, high: string])[] = [];
  for (const [, low = "", high = low] of inner.slice(negated ? 1 : 0).matchAll(/([^])(?:-([^]))?/g)) {
    if (low > high) throw new ContractError("pattern", `"${pattern}" has a range in [] that runs backwards`);
    ranges.push([low, high]);
  }
  return (character) => character !== "/" && ranges.some(([low, high]) => character >= low && character <= high) !== negated;
}
