import { performance } from "node:perf_hooks";

/** One sender that shares the limit with others. */
export interface Share {
  /** Counts one more datagram. @returns false when it must not be sent */
  admit(): boolean;
  leave(): void;
}

export interface FairShareOptions {
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  /** Share of the time since the last call in which the event loop was busy, 0..1. */
  readonly busy?: () => number;
}

const windowMs = 100;
/** Datagrams of all together in a window: 10,000 a second, or as few as 1,200 while the process is too busy for more. */
const most = 1000;
const fewest = 120;
/** Above this the loop is too busy: the targets would get their frames late. */
const tooBusy = 0.7;
/** Growth of the number in each window in which it is not. */
const growth = 1.1;

/**
 * Shares out datagrams. As long as all together send few enough, each sends all it has; beyond that, only senders that have sent less than
 * an equal part. Their number halves in each window of 100 ms in which the event loop is too busy: what a datagram costs differs a
 * hundredfold between systems, and between a receiver that listens and one that does not.
 */
export class FairShare {
  readonly #now: () => number;
  readonly #busy: () => number;
  #members = 0;
  #limit = most;
  #sent = 0;
  #window = 0;

  constructor({ now = () => performance.now(), busy = loopBusy() }: FairShareOptions = {}) {
    this.#now = now;
    this.#busy = busy;
  }

  join(): Share {
    this.#members += 1;
    let [sent, window, left] = [0, -1, false];
    return {
      admit: () => {
        this.#turn();
        if (window !== this.#window) [sent, window] = [0, this.#window];
        if (this.#sent >= this.#limit && sent >= this.#limit / this.#members) return false;
        sent += 1;
        this.#sent += 1;
        return true;
      },
      leave: () => {
        if (!left) this.#members -= 1;
        left = true;
      },
    };
  }

  #turn(): void {
    const window = Math.floor(this.#now() / windowMs);
    if (window === this.#window) return;
    this.#window = window;
    this.#sent = 0;
    const limit = this.#busy() > tooBusy ? this.#limit / 2 : this.#limit * growth;
    this.#limit = Math.min(most, Math.max(fewest, limit));
  }
}

function loopBusy(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
