import type { ProgramBeat } from "../rhythm/hand/followed-beat.ts";
import type { KeyResult, TempoKeys } from "../rhythm/hand/tempo-keys.ts";
import type { KeptBeat } from "../rhythm/beat-follower.ts";
import type { Rhythm } from "../rhythm/rhythm.ts";
import type { TempoSource } from "../rhythm/state.ts";
import { exactTempo } from "./tempo-slope.ts";
import type { TempoSlope } from "./tempo-slope.ts";

/** Which beat goes out, and how far it is from the tracker's own. */
export interface TempoView {
  readonly by: TempoSource | "none";
  /** BPM as in `/audio/tempo`; 0 without. */
  readonly bpm: number;
  readonly locked: boolean;
  /** Stream time of the next beat, s; Infinity without. */
  readonly next: number;
  /** The tracker's own tempo, BPM, to about 0.5 %, 0 without; and by how many seconds its nearest beat is later than the one that goes out. */
  readonly ownBpm: number;
  readonly ownLate: number;
  /** The tracker finds music, so that its own tempo means something. */
  readonly inMusic: boolean;
}

/** Tempo by hand and by other programs. Times are stream times, s: that of the newest sample is the duration of all samples. */
export interface TempoControl extends TempoKeys {
  /** Follows what a program reports of the stream time `time`. Call it again when the program's beat is elsewhere. */
  follow(program: ProgramBeat, time: number): void;
  unfollow(): void;
  view(): TempoView;
  /** What goes on when the sound does not: `restore` takes it over after `reset`, or in another analyzer. */
  keep(): KeptBeat;
  restore(kept: KeptBeat): void;
}

/** A tempo of the line through the beats that differs by more than this share is another one. */
const sameTempo = 0.02;

/** @param behind seconds by which the tracker's count of time is behind the stream's: it gets no samples while it is off */
export function createTempoControl({ beats }: Rhythm, slope: TempoSlope, behind: () => number): TempoControl {
  const { keys, lead, own } = beats;
  const done = (result: KeyResult): KeyResult => {
    slope.reset();
    return result;
  };
  const pace = (): number => (lead.line === undefined ? (own.interval > 0 ? 60 / own.interval : 0) : 60 / lead.line.interval);

  return {
    tap: (time) => done(keys.tap(time - behind())),
    nudge: (seconds) => done(keys.nudge(seconds)),
    double: () => done(keys.double()),
    halve: () => done(keys.halve()),
    resync: (time) => done(keys.resync(time - behind())),
    lock(on, bpm) {
      const exact = slope.bpm > 0 && Math.abs(slope.bpm / pace() - 1) < sameTempo && !lead.hand.locked ? slope.bpm : undefined;
      return done(keys.lock(on, bpm ?? exact));
    },
    auto: () => done(keys.auto()),
    follow: (program, time) => lead.follow(program, time - behind()),
    unfollow: () => lead.followed.release(),
    view() {
      const { line } = lead;
      const late = own.interval > 0 && line !== undefined ? (own.next - line.time) / own.interval : 0;
      const off = line === undefined || own.interval === 0 ? 0 : late - Math.round(late);
      return {
        by: lead.by,
        bpm: pace() === 0 ? 0 : exactTempo(pace(), lead.by, lead.hand.locked, slope),
        locked: lead.hand.active && lead.hand.locked,
        next: beats.next + behind(),
        ownBpm: own.interval > 0 ? 60 / own.interval : 0,
        ownLate: off * own.interval,
        inMusic: own.interval > 0 && lead.known.music,
      };
    },
    keep: () => beats.keep(),
    restore: (kept) => beats.restore(kept),
  };
}
