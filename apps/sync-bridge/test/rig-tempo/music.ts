import { noEstimate, withBar, withMove, withPacket } from "../../src/rig-tempo/estimate.ts";
import type { Estimate } from "../../src/rig-tempo/estimate.ts";
import { beatAt } from "../../src/tempo.ts";

/** What an analyzer would send of music: the truth, and what to do to it. */
export interface Music {
  readonly seconds: number;
  readonly bpm: number;
  /** Beats at a time in seconds; default even. */
  position?(seconds: number): number;
  /** Error of the analyzer's beats at a time, ms. */
  offMs?(seconds: number): number;
  /** Delay of a packet on its way, ms; undefined: it is lost. */
  delayMs?(seconds: number): number | undefined;
  /** Error of the beat in the bar, beats. */
  barOff?(seconds: number): number;
  /** The tempo that packets say; default `bpm`. */
  said?(seconds: number): number;
  /** What the tempo is from; default the analysis. */
  readonly by?: number;
  dropAt?: number;
}

/** Plays music into an estimate, sixty packets a second; `onFrame` sees the estimate and the true beat of each. */
export function play(music: Music, onFrame: (estimate: Estimate, beat: number, seconds: number) => void, from: Estimate = noEstimate): Estimate {
  let estimate = from;
  const position = music.position ?? ((seconds: number): number => 100 + (seconds * music.bpm) / 60);
  for (let frame = 0; frame < music.seconds * 60; frame += 1) {
    const seconds = frame / 60;
    const beat = position(seconds);
    const said = beat - ((music.offMs?.(seconds) ?? 0) * music.bpm) / 60_000;
    const delay = music.delayMs === undefined ? 0 : music.delayMs(seconds);
    if (music.dropAt === seconds) estimate = withMove(estimate, seconds * 1e6);
    if (delay !== undefined) {
      const atUs = seconds * 1e6 + delay * 1000;
      const beatInBar = ((Math.floor(said) + (music.barOff?.(seconds) ?? 0)) % 4) + 1;
      estimate = withBar(estimate, { metre: 4, beatInBar, confidence: 1 });
      estimate = withPacket(estimate, { bpm: music.said?.(seconds) ?? music.bpm, beats: Math.floor(said), phase: said - Math.floor(said), by: music.by ?? 1 }, atUs);
    }
    onFrame(estimate, beat, seconds);
  }
  return estimate;
}

/** Distance of an estimate from the true beat, ms; in a bar of four. */
export function errorMs(estimate: Estimate, beat: number, seconds: number): number {
  const { tempo } = estimate;
  if (tempo === undefined) return Number.NaN;
  const off = beatAt(tempo, seconds * 1e6) - beat;
  return ((((off + 2) % 4) + 4) % 4 - 2) * (60_000 / tempo.bpm);
}

/** Numbers from 0 to 1, the same each time. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
