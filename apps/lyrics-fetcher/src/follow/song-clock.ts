import type { LyricLine } from "../lyric-line.ts";
import type { BeatGrid } from "../words/beat-grid.ts";
import { lineWords } from "../words/line-words.ts";
import type { LineWords } from "../words/line-words.ts";
import { SongPosition } from "./song-position.ts";
import { StepClock } from "./step-clock.ts";

export interface SongClockOptions {
  /** Another line begins; its index, -1 for none, and its words. */
  onLine(index: number, words: LineWords): void;
  /** Another word of the line begins: its index, -1 for none. */
  onWord(index: number): void;
  /** The beats of the music, in milliseconds of the monotonic clock; undefined when there are none. */
  beats(): BeatGrid | undefined;
}

/** Lyrics that are further off are of another version, seconds. */
const nearSec = 10;

/** A word begins, or (-1) one is over that the next does not follow at once. */
interface Moment {
  readonly time: number;
  readonly word: number;
}

/** Follows the position of the song between its reports: which line is being sung, and which word of it. */
export class SongClock {
  readonly #options: SongClockOptions;
  readonly #position = new SongPosition();
  readonly #lineClock = new StepClock(this.#position, (index) => this.#beginLine(index));
  readonly #wordClock = new StepClock(this.#position, () => this.#options.onWord(this.word));
  #lines: readonly LyricLine[] = [];
  #moments: readonly Moment[] = [];

  constructor(options: SongClockOptions) {
    this.#options = options;
  }

  /** Index of the line being sung, -1 for none. */
  get line(): number {
    return this.#lineClock.index;
  }

  /** Index of the word of it, -1 for none. */
  get word(): number {
    return this.#moments[this.#wordClock.index]?.word ?? -1;
  }

  setLines(lines: readonly LyricLine[]): void {
    this.#lines = lines;
    this.#lineClock.setItems(lines);
  }

  /** @param offsetMs positive shows lines earlier */
  setOffset(offsetMs: number): void {
    this.#position.offsetMs = offsetMs;
    this.#update();
  }

  /** The position in seconds, as reported now. */
  setPosition(seconds: number, playing: boolean): void {
    this.#position.report(seconds, playing);
    this.#update();
  }

  /** Another track: no line until its position is reported. */
  forgetPosition(): void {
    this.#position.forget();
    this.#update();
  }

  /** Milliseconds by which lines would have to come earlier still for the nearest one to begin now; undefined when none is near. */
  get toNearestLine(): number | undefined {
    const seconds = this.#position.seconds;
    if (seconds === undefined) return undefined;
    const off = this.#lines.filter(({ text }) => text !== "").map(({ time }) => time - seconds);
    const nearest = off.reduce((best, one) => (Math.abs(one) < Math.abs(best) ? one : best), Infinity);
    return Math.abs(nearest) <= nearSec ? Math.round(nearest * 1000) : undefined;
  }

  stop(): void {
    this.#lineClock.stop();
    this.#wordClock.stop();
  }

  #update(): void {
    this.#lineClock.update();
    this.#wordClock.update();
  }

  #beginLine(index: number): void {
    const words = lineWords(this.#lines, index, this.#grid());
    this.#options.onLine(index, words);
    this.#moments = momentsOf(words);
    this.#wordClock.restart(this.#moments);
  }

  /** The beats in seconds of the lyrics. */
  #grid(): BeatGrid | undefined {
    const grid = this.#options.beats();
    const beat = grid === undefined ? undefined : this.#position.secondsAt(grid.beat);
    return grid === undefined || beat === undefined ? undefined : { period: grid.period / 1000, beat };
  }
}

function momentsOf({ words }: LineWords): Moment[] {
  return words.flatMap(({ time, end }, word) => {
    const next = words[word + 1]?.time ?? Infinity;
    const begin = { time, word };
    return end !== undefined && end > time && end < next ? [begin, { time: end, word: -1 }] : [begin];
  });
}
