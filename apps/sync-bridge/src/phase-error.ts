import { Figures, shown } from "./figures.ts";
import { beatAt, wayIn } from "./tempo.ts";
import type { RigTempo, Tempo } from "./tempo.ts";

/** Figures are those of the last 10 s. */
const seconds = 10;
/** Beats of tempos that differ by more than this share have no distance worth a word. */
const otherTempo = 0.005;

/** How far another program's beats are from the rig's. */
export class PhaseError {
  readonly #figures: Figures;
  #by: RigTempo["by"] | undefined;

  /** @param everyMs time between two measurements */
  constructor(everyMs: number) {
    this.#figures = new Figures((seconds * 1000) / everyMs);
  }

  /** Milliseconds by which the program's beats are before the rig's (median); null while one of them has no tempo. */
  get ms(): number | null {
    return shown(this.#figures.median);
  }

  /** Measures once. It begins anew where there is nothing to compare, and where the rig's beats are those of another source. @param atUs now */
  measure(rig: RigTempo | undefined, other: Tempo | undefined, atUs: number): void {
    if (rig?.by !== this.#by) this.#figures.clear();
    this.#by = rig?.by;
    if (rig?.live !== true || other === undefined) return this.#figures.clear();
    this.#figures.add((wayIn(1, beatAt(rig, atUs), beatAt(other, atUs)) * 60_000) / other.bpm);
  }

  /** As every protocol shows it in `get_state`. */
  state(): { readonly phase_error_ms: number | null; readonly jitter_ms: number | null } {
    return { phase_error_ms: this.ms, jitter_ms: shown(this.#figures.deviation) };
  }

  /** `124.00 BPM, 1.5 ms before the rig's beats, followed`: what a condition says of a program's tempo. */
  describe(bpm: number, rig: RigTempo | undefined, isFollowed: boolean): string {
    return [`${bpm.toFixed(2)} BPM`, ...this.#distance(bpm, rig), ...(isFollowed ? ["followed"] : [])].join(", ");
  }

  #distance(bpm: number, rig: RigTempo | undefined): string[] {
    const { ms } = this;
    if (ms === null || rig === undefined) return [];
    if (Math.abs(bpm / rig.bpm - 1) > otherTempo) return [`the rig ${rig.bpm.toFixed(2)} BPM`];
    return [Math.abs(ms) < 0.05 ? "on the rig's beats" : `${Math.abs(ms).toFixed(1)} ms ${ms > 0 ? "before" : "after"} the rig's beats`];
  }
}
