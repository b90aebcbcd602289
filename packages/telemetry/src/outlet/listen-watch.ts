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
  readonly #onSilence: () => void;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param onListening called once datagrams went out for a second and none was refused
   * @param onSilence called each second in which nothing was sent: whether somebody listens shows only when something is
   */
  constructor(counts: () => Counts, onListening: () => void, onSilence: () => void) {
    this.#counts = counts;
    this.#onListening = onListening;
    this.#onSilence = onSilence;
  }

  /** The receiver does not listen, as far as we know. */
  get isOn(): boolean {
    return this.#timer !== undefined;
  }

  start(): void {
    let before = { ...this.#counts() };
    this.#timer = setInterval(() => {
      const now = { ...this.#counts() };
      const wasSent = now.sent > before.sent;
      const wasRefused = now.refused > before.refused;
      before = now;
      if (!wasSent) this.#onSilence();
      if (!wasSent || wasRefused) return;
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
