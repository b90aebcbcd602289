import { Link } from "@vj/link";
import { messageOf } from "@vj/schema";

const retryMs = 5000;

/** A place in the session on the network, which is taken as soon as Link's port can be had. */
export class LinkSession {
  readonly #interfaces: readonly string[];
  readonly #firstBpm: () => number;
  readonly #isQuiet: () => boolean;
  readonly #onProblem: (problem: string) => void;
  readonly #ended = new AbortController();
  #link: Link | undefined;
  #fault: string | undefined;
  #retry: NodeJS.Timeout | undefined;

  /** @param firstBpm the tempo of the session that is founded when there is none @param isQuiet whether it only listens @param onProblem called with each new problem for a person */
  constructor(interfaces: readonly string[], firstBpm: () => number, isQuiet: () => boolean, onProblem: (problem: string) => void) {
    this.#interfaces = interfaces;
    this.#firstBpm = firstBpm;
    this.#isQuiet = isQuiet;
    this.#onProblem = onProblem;
  }

  /** Undefined while Link's port cannot be had. */
  get link(): Link | undefined {
    return this.#link;
  }

  /** Faults that last, for a person. */
  get problems(): readonly string[] {
    return this.#fault === undefined ? (this.#link?.problems ?? []) : [this.#fault];
  }

  async join(): Promise<void> {
    try {
      const link = await Link.join({ bpm: this.#firstBpm(), interfaces: this.#interfaces, quiet: this.#isQuiet(), signal: this.#ended.signal });
      link.on("problem", this.#onProblem);
      this.#link = link;
      this.#fault = undefined;
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      const fault = `Link cannot join: ${messageOf(error)}; tried again every ${retryMs / 1000} s`;
      if (fault !== this.#fault) this.#onProblem(fault);
      this.#fault = fault;
      this.#retry = setTimeout(() => void this.join(), retryMs);
    }
  }

  /** Leaves, and announces this to the peers. */
  async close(): Promise<void> {
    this.#ended.abort();
    clearTimeout(this.#retry);
    await this.#link?.close();
  }
}
