/** So many messages at once fit into the buffer of a receiver that is busy drawing. */
const burst = 150;
/** After a burst so many more every {@link pauseMs}: about 4,000 a second. */
const batch = 40;
const pauseMs = 10;

/** Sends messages in order, and not faster than a receiver can take them: a long song would overrun its buffer. */
export class PacedQueue {
  #waiting: (() => void)[] = [];
  #credit = burst;
  #timer: NodeJS.Timeout | undefined;

  /** Sends this after everything that waits, at once if nothing does. */
  add(send: () => void): void {
    if (this.#waiting.length === 0 && this.#credit > 0) {
      this.#credit -= 1;
      send();
    } else this.#waiting.push(send);
    this.#timer ??= setTimeout(this.#refill, pauseMs);
  }

  /** Drops what waits: another song begins. */
  clear(): void {
    this.#waiting = [];
  }

  /** Drops what waits, for good. */
  stop(): void {
    this.clear();
    clearTimeout(this.#timer);
  }

  readonly #refill = (): void => {
    const now = this.#waiting.splice(0, batch);
    for (const send of now) send();
    this.#credit = Math.min(burst, this.#credit + batch - now.length);
    this.#timer = this.#credit < burst || this.#waiting.length > 0 ? setTimeout(this.#refill, pauseMs) : undefined;
  };
}
