import type { Track } from "@vj/playback";
import { messageOf } from "@vj/schema";
import { History } from "./history.ts";
import type { SourceState } from "./source-state.ts";

/** A track must be shown and play for this long to be in the history, ms: what a source names for a moment was not played. */
const recordMs = 2000;

/** Decides which of the tracks that are shown were played, and keeps those in the history. */
export class SetList {
  readonly #history: History;
  readonly #onFault: (fault: string) => void;
  /** The track that is already in the history. */
  #recorded = "";
  /** The track that is shown, and since when. */
  #showing = { key: "", at: 0 };
  #fault: string | undefined;

  /** @param onFault called once for each reason why a track cannot be kept */
  constructor(dataDir: string, onFault: (fault: string) => void) {
    this.#history = new History(dataDir);
    this.#onFault = onFault;
  }

  /** Why the history is not kept; undefined while it is. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Takes what is shown from now on. @param track undefined for nothing @param now ms of the monotonic clock */
  show(source: string, track: Track | undefined, now: number): void {
    const key = track === undefined ? "" : JSON.stringify([source, track.artist, track.title]);
    if (key !== this.#showing.key) this.#showing = { key, at: now };
  }

  /** Adds the track that is shown once it has played for a moment; what cannot be added now is tried again with the next position. */
  plays(source: string, track: Track, { playAt, seen, since }: SourceState, now: number): void {
    const key = `${this.#showing.key} ${playAt}`;
    if (key === this.#recorded || now - Math.max(this.#showing.at, since) < recordMs) return;
    try {
      this.#history.add(source, track, Date.now() - (now - playAt), seen);
      [this.#recorded, this.#fault] = [key, undefined];
    } catch (error) {
      if (this.#fault !== messageOf(error)) this.#onFault(messageOf(error));
      this.#fault = messageOf(error);
    }
  }
}
