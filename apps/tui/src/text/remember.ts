/** How often what is remembered is drawn anew although nothing has changed but the clock, milliseconds: its ages count in seconds. */
const clockMs = 500;

/** The part of the clock that counts for what is remembered. @param now epoch milliseconds */
export function clockTurn(now: number): number {
  return Math.floor(now / clockMs);
}

/**
 * Remembers the last result of a pure drawing, and gives it again, the same object, for as long as everything in its key is the same: most
 * of a screen is as it was a tenth of a second ago.
 */
export function remember<T>(): (key: readonly unknown[], draw: () => T) => T {
  let last: { readonly key: readonly unknown[]; readonly result: T } | undefined;
  return (key, draw) => {
    if (last === undefined || last.key.length !== key.length || !last.key.every((part, index) => Object.is(part, key[index]))) last = { key, result: draw() };
    return last.result;
  };
}

/** Remembers what a pure function makes of an object that never changes, for as long as that object is used. */
export function rememberOf<K extends object, T>(compute: (given: K) => T): (given: K) => T {
  const known = new WeakMap<K, { readonly result: T }>();
  return (given) => {
    let entry = known.get(given);
    if (entry === undefined) known.set(given, (entry = { result: compute(given) }));
    return entry.result;
  };
}
