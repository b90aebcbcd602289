/** Interval in which a receiver that did not listen is checked, ms. */
const checkMs = 1000;

/** Counts of one receiver. */
interface Counts {
  readonly sent: number;
  readonly refused: number;
}

/** Notices that a receiver which refused datagrams takes them again: it has just been started. */
export class ListenWatch {
  readonly #counts: () => Counts;
  readonly #onListening: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** @param onListening called once datagrams went out for a second and none was refused */
  constructor(counts: () => Counts, onListening: () => void) {
    this.#counts = counts;
    this.#onListening = onListening;
  }

  /** The receiver does not listen, as far as we know. */
  get isOn(): boolean {
    return this.#timer !== undefined;
  }

  start(): void {
    let before = { ...this.#counts() };
    this.#timer = setInterval(() => {
      const now = { ...this.#counts() };
      const listens = now.sent > before.sent && now.refused === before.refused;
      before = now;
      if (!listens) return;
      this.stop();
      this.#onListening();
    }, checkMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
