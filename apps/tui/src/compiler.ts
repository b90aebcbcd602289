import { setFlagsFromString } from "node:v8";

/** First and last version of Node whose V8 has the setting; the next ones report it as unknown on the terminal. */
const known = { first: 20, last: 21 } as const;

/**
 * How much of a function runs before V8 compiles it for speed, bytes of its bytecode; V8's own value is 67,584. Most of this program runs
 * ten times a second at most, so that its compilation costs more than it saves for the first minutes: a quarter of all that a screen costs.
 */
const budget = 500_000;

/** The setting for V8; undefined where it is not known to have it. @param version as in `process.versions.node` */
export function compilerFlag(version: string = process.versions.node): string | undefined {
  const major = Number.parseInt(version, 10);
  return major >= known.first && major <= known.last ? `--interrupt-budget=${budget}` : undefined;
}

/** Lets V8 compile only what runs often. */
export function compileLess(): void {
  const flag = compilerFlag();
  if (flag !== undefined) setFlagsFromString(flag);
}
