import type { KeyContext } from "../keys.ts";

/** Something that can be done, as the palette offers it. */
export interface Action {
  /** What is typed to get it: `restart audio_analyzer`. Unique. */
  readonly name: string;
  /** What it does, or the key that does it too. */
  readonly about: string;
  /** What may follow its name: `+100 (ms)`; left out: nothing. */
  readonly takes?: string;
  /** @param rest what was typed after its name; empty: nothing */
  run(context: KeyContext, rest: string): void;
}
