import { positionAt } from "@vj/playback";
import type { ReportedPosition } from "@vj/playback";
import { activeLine, untilNextLine } from "./line-sync.ts";
import type { LyricLine } from "./lyric-line.ts";

/** Reports arrive a little late, by changing amounts: a correction smaller than this would only make lines flicker. */
const toleranceSec = 0.08;

/** Follows the position of the track between its reports, and reports when another line is being sung. */
export class LineClock {
  readonly #onLine: (index: number) => void;
  #lines: readonly LyricLine[] = [];
  #offsetMs = 0;
  #reported: ReportedPosition | undefined;
  #line = -1;
  #timer: NodeJS.Timeout | undefined;

  /** @param onLine gets the index of the line that begins, -1 for none. */
  constructor(onLine: (index: number) => void) {
    this.#onLine = onLine;
  }

  /** Index of the line being sung, -1 for none. */
  get line(): number {
    return this.#line;
  }

  setLines(lines: readonly LyricLine[]): void {
    this.#lines = lines;
    this.#update();
  }

  setOffset(offsetMs: number): void {
    this.#offsetMs = offsetMs;
    this.#update();
  }

  /** The position in seconds, as reported now. */
  setPosition(position: number, playing: boolean): void {
    const expected = this.#position();
    const known = this.#reported?.playing === playing && expected !== undefined && Math.abs(expected - position) < toleranceSec;
    if (!known) this.#reported = { seconds: position, at: performance.now(), playing };
    this.#update();
  }

  /** Another track: no line until its position is reported. */
  forgetPosition(): void {
    this.#reported = undefined;
    this.#update();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #position(): number | undefined {
    return this.#reported === undefined ? undefined : positionAt(this.#reported, performance.now());
  }

  #update(): void {
    clearTimeout(this.#timer);
    const position = this.#position();
    const line = position === undefined ? -1 : activeLine(this.#lines, position, this.#offsetMs);
    if (line !== this.#line) {
      this.#line = line;
      this.#onLine(line);
    }
    if (position === undefined || this.#reported?.playing !== true) return;
    const wait = untilNextLine(this.#lines, position, this.#offsetMs);
    // Rounded up: a timer that fires early would find the old line and wait again.
    if (wait !== undefined) this.#timer = setTimeout(() => this.#update(), Math.ceil(wait * 1000));
  }
}
