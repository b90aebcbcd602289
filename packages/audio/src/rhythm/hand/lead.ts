import type { BarCounter } from "../bar/bar-counter.ts";
import type { RhythmState, TempoSource } from "../state.ts";
import { folded } from "../tempo/fold.ts";
import { createContradiction } from "./contradiction.ts";
import { createFollowedBeat } from "./followed-beat.ts";
import type { FollowedBeat, ProgramBeat } from "./followed-beat.ts";
import { createHandBeat } from "./hand-beat.ts";
import type { BeatLine, HandBeat } from "./hand-beat.ts";

/**
 * The beat that leads instead of the tracker's own: a person's, or that of another program. A key takes over from a program,
 * a program that begins takes over from a person who has not locked the tempo.
 */
export interface Lead {
  readonly hand: HandBeat;
  readonly followed: FollowedBeat;
  /** The line of beats that leads; undefined while the tracker's own do. */
  readonly line: BeatLine | undefined;
  readonly by: TempoSource;
  /** See `FollowedBeat.set`. */
  follow: FollowedBeat["set"];
  /** A key was pressed; `silent`: there was no sound. */
  pressed(silent: boolean): void;
  /** What is known of the newest activations; holds until it is set again. */
  readonly known: KnownOfMusic;
  /** Processes an activation, 0..1, of the stream time `time`, s. `off`: distance of that time from the tracker's nearest beat, s. */
  push(activation: number, time: number, off: number): void;
  /** Writes the beat that leads into the state, if one does. @param next stream time of the next beat, s */
  show(next: number, now: number): void;
  /** Whether there is sound: a tempo by hand ends with it, a locked one does not. */
  sound(on: boolean): void;
  release(): void;
}

export interface KnownOfMusic {
  /** Weight of activations, 0..1. */
  weight: number;
  /** The tracker is sure of its own beats. */
  sure: boolean;
  /** There is music. */
  music: boolean;
}

/** @param state the beat is written here */
export function createLead(state: RhythmState, bar: BarCounter): Lead {
  const hand = createHandBeat();
  const followed = createFollowedBeat();
  const contradiction = createContradiction();
  /** The last key was pressed in silence, and there was no sound since. */
  const key = { inSilence: false };

  const known: KnownOfMusic = { weight: 0.5, sure: false, music: false };

  const lead = {
    hand,
    followed,
    known,
    get line(): BeatLine | undefined {
      if (hand.active) return hand;
      return followed.active ? followed : undefined;
    },
    get by(): TempoSource {
      if (hand.active) return "tap";
      return followed.active ? followed.source : "analysis";
    },
    follow(program: ProgramBeat, time: number): void {
      if (!followed.active && !hand.locked) hand.release();
      followed.set(program, time);
    },
    pressed(silent: boolean): void {
      key.inSilence = silent;
      contradiction.reset();
    },
    push(activation: number, time: number, off: number): void {
      if (!hand.active) return;
      const place = (time - hand.time) / hand.interval;
      contradiction.push(activation, Math.abs(place - Math.round(place)) * hand.interval, off);
      if (!hand.push(activation, time, known.weight)) return;
      contradiction.beat(known.sure, known.music);
      if (contradiction.lasts && !hand.locked) hand.release();
    },
    sound(on: boolean): void {
      if (on) key.inSilence = false;
      else if (!key.inSilence && !hand.locked) hand.release();
    },
    show(next: number, now: number): void {
      const { line } = lead;
      if (line === undefined) return;
      const bpm = 60 / line.interval;
      const isFollowed = line === followed;
      state.bpm = folded(bpm);
      state.unfoldedBpm = bpm;
      state.confidence = 1;
      state.pace = bpm;
      state.tempoBy = lead.by;
      state.phase = Math.min(0.999, Math.max(0, 1 - (next - now) / line.interval));
      state.metre = isFollowed ? followed.metre : bar.metre;
      state.beatInBar = isFollowed ? followed.placeAt(next - line.interval) : bar.beat;
      state.barPhase = (state.beatInBar - 1 + state.phase) / state.metre;
    },
    release(): void {
      hand.release();
      followed.release();
    },
  };
  return lead;
}
