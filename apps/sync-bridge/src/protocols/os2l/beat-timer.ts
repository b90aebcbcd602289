import type { RigTempoOut } from "../../rig-tempo/rig-tempo-out.ts";
import { beatAt, nowUs, timeOfBeat } from "../../tempo.ts";
import type { RigTempo } from "../../tempo.ts";

/** A beat this late is dropped: the process stood still. */
const lateUs = 100_000;

/**
 * Calls on every beat of the rig. Beats missed in a stall are left out. The line of the tempo moves a little all the time; still, no beat is
 * called twice, and one whose time has just passed is called at once.
 */
export class BeatTimer {
  readonly #rigTempo: RigTempoOut;
  readonly #offsetMs: () => number;
  readonly #onBeat: (beat: number, tempo: RigTempo) => void;
  readonly #undo: () => void;
  #timer: NodeJS.Timeout | undefined;
  #lastUs = Number.NEGATIVE_INFINITY;

  /** @param offsetMs beats are called so much later */
  constructor(rigTempo: RigTempoOut, offsetMs: () => number, onBeat: (beat: number, tempo: RigTempo) => void) {
    this.#rigTempo = rigTempo;
    this.#offsetMs = offsetMs;
    this.#onBeat = onBeat;
    this.#undo = rigTempo.on("tempo", () => this.#plan());
    this.#plan();
  }

  close(): void {
    this.#undo();
    clearTimeout(this.#timer);
  }

  #plan(): void {
    clearTimeout(this.#timer);
    const tempo = this.#rigTempo.current;
    if (tempo === undefined) return;
    const offsetUs = this.#offsetMs() * 1000;
    const beat = nextBeat(tempo, nowUs() - Math.min(lateUs, 30e6 / tempo.bpm) - offsetUs, this.#lastUs - offsetUs);
    const dueUs = timeOfBeat(tempo, beat) + offsetUs;
    this.#timer = setTimeout(() => {
      const now = nowUs();
      // Timers may be early by a fraction of a millisecond.
      if (now - dueUs <= lateUs) {
        this.#lastUs = Math.max(now, dueUs);
        this.#onBeat(beat, tempo);
      }
      this.#plan();
    }, Math.max(0, (dueUs - nowUs()) / 1000));
  }
}

/** The first whole beat from `timeUs` on that is at least half a beat after the last one. */
export function nextBeat(tempo: RigTempo, timeUs: number, lastUs: number): number {
  // Not −0, which texts show.
  return Math.ceil(beatAt(tempo, Math.max(timeUs, lastUs + 30e6 / tempo.bpm))) + 0;
}
