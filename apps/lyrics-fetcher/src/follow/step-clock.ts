import { activeLine, nextLine } from "./line-sync.ts";
import type { Timed } from "./line-sync.ts";
import type { SongPosition } from "./song-position.ts";

/** A timer of Node holds no more, ms. */
const longestWaitMs = 2 ** 31 - 1;

/** Reports which of several things (lines, words) is being sung, when it begins. */
export class StepClock {
  readonly #position: SongPosition;
  readonly #onStep: (index: number) => void;
  #items: readonly Timed[] = [];
  #index = -1;
  #timer: NodeJS.Timeout | undefined;

  /** @param onStep gets the index of the one that begins, -1 for none. */
  constructor(position: SongPosition, onStep: (index: number) => void) {
    this.#position = position;
    this.#onStep = onStep;
  }

  /** Index of the one being sung, -1 for none. */
  get index(): number {
    return this.#index;
  }

  /** Other lines or words, sorted by time; the one being sung now is reported if its index differs. */
  setItems(items: readonly Timed[]): void {
    this.#items = items;
    this.update();
  }

  /** Other words, of which none has been reported yet. */
  restart(items: readonly Timed[]): void {
    this.#index = -1;
    this.setItems(items);
  }

  /** The position was reported, forgotten, or shifted. */
  update(): void {
    clearTimeout(this.#timer);
    const seconds = this.#position.seconds;
    const index = seconds === undefined ? -1 : activeLine(this.#items, seconds);
    if (index !== this.#index) {
      this.#index = index;
      this.#onStep(index);
    }
    const next = seconds === undefined ? undefined : nextLine(this.#items, seconds);
    const wait = next === undefined ? undefined : this.#position.msUntil(next);
    if (wait !== undefined) this.#timer = setTimeout(() => this.update(), Math.min(wait, longestWaitMs));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
