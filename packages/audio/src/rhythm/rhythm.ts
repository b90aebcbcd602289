/**
 * Layout, in the order in which a sample passes:
 * - `front-end/`: samples to log bands, 100 times a second.
 * - `activation/`: log bands to the probability of a beat, a downbeat and each tempo: two networks (`net`, `ensemble`, `weights`;
 *   recipes in `WEIGHTS.md`).
 * - `own-beat.ts`: activations to the tracker's own beats; `beat-follower.ts`: which beat goes out, and when.
 * - `tempo/`: the filter over tempo and phase (`space`, `pointer`), the prior from the network (`evidence`), the reported range (`fold`), the level of the
 *   metre (`level-hold`), the reported tempo (`hold`).
 * - `bar/`: which beat of the bar: what is measured of a beat (`beat-inputs` from `beat-features` and `beat-repeats`), a filter over the places of all metres (`bar-filter`, `bar-evidence`), a network beside it (`bar-net`), the count (`bar-counter`), and a place that was given to the next beat (`due-place`).
 * - `hand/`: beats that are not the tracker's own (`lead`): a person's (`tempo-keys`, `tap-fit`, `hand-beat` with `grid-error`, until
 *   the music is in `contradiction`), or another program's (`followed-beat`).
 * - `trust/`: whether there is music (`presence`, from `music-evidence` with `evidence-measures`, `ending` with `ending-measures`, `sound-colour` and `kept-beat`, `attacks`, both by `band-rise`, `buried-beat` and the kind of sound; `log-odds`: what regressions give), how much the
 *   networks count (`salience`), how certain the tempo is (`confidence`), what is stated of it (`stated`, `half-beat`), and
 *   the beat of the drums through a break (`break-hold`, by `../structure/bass-away`).
 */
import { createActivation } from "./activation/activation.ts";
import { createBarCounter } from "./bar/bar-counter.ts";
import { createBeatFollower } from "./beat-follower.ts";
import { createLogBands } from "./front-end/log-bands.ts";
import { flywheelSeconds } from "./own-beat.ts";
import { createRhythmState } from "./state.ts";
import type { Rest, RhythmState } from "./state.ts";
import type { BeatFollower } from "./beat-follower.ts";
import { statedBar, statedPhrase } from "./trust/stated.ts";
import { createBassAway } from "../structure/bass-away.ts";
import { createForm } from "../structure/form.ts";
import { createStructure } from "../structure/structure.ts";

export interface RhythmConfig {
  /** Hz, 8000 to 96000. */
  sampleRate: number;
}

/** Causal tracker of beat, tempo, downbeat and structure. Deterministic; all buffers are allocated at the start. */
export interface Rhythm {
  readonly state: RhythmState;
  /** Stream time of the newest hop, s: `state` is as of then, and as of the beat right after `takeBeat`. */
  readonly now: number;
  /** Probability that the place of the newest beat in the bar is right, 0..1. */
  readonly barConfidence: number;
  /** Feeds mono samples [from, to). Values that are not finite count as 0. */
  push(samples: Float32Array, from: number, to: number): void;
  /** True once per beat whose predicted stream time (s since the first sample) is below `untilSec`. */
  takeBeat(untilSec: number): boolean;
  /** Predicted stream time of the beat that was taken last, s. */
  readonly lastBeat: number;
  /** Beats go out, or the activation has higher peaks than noise has. */
  readonly inMusic: boolean;
  /** Sets what is known of the newest sound; holds until the next call. */
  rest(rest: Rest): void;
  /** Which beats go out, and how that is changed. */
  readonly beats: Pick<BeatFollower, "keys" | "lead" | "own" | "next" | "peakNear" | "keep" | "restore">;
  reset(): void;
}

/** Time for which `drop` stays 1, s. */
const dropHoldSeconds = 0.25;

export function createRhythm(config: RhythmConfig): Rhythm {
  const { sampleRate } = config;
  const bands = createLogBands(sampleRate);
  const hopSeconds = bands.hop / sampleRate;
  const bar = createBarCounter(bands.values);
  const state = createRhythmState();
  const follower = createBeatFollower({ activation: createActivation(bands), bands, bar, state, hopSeconds });
  const structure = createStructure(hopSeconds);
  const bass = createBassAway(hopSeconds);
  const form = createForm(bands, hopSeconds);
  const cues = { silent: true, quietSeconds: 0.5, dropped: false, rising: false, bassAway: false };
  const ring = new Float32Array(bands.size);
  let hops = 0;
  let untilHop = bands.hop;
  let write = 0;
  /** Stream time, s. */
  let dropUntil = 0;

  function followStructure(now: number): void {
    structure.update(bands.power);
    if (structure.dropped) {
      dropUntil = now + dropHoldSeconds;
      bar.drop((now - follower.last) / (follower.next - follower.last));
    }
    state.drop = now < dropUntil ? 1 : 0;
    state.buildup = structure.buildup ? 1 : 0;
    state.trend = structure.trend;
    bass.update(bands.power.low);
    state.bassAway = bass.away ? 1 : 0;
    cues.dropped = structure.dropped;
    cues.rising = structure.buildup;
    cues.bassAway = bass.away;
    const { name } = form.section;
    form.hop(cues);
    if (form.section.name !== name) state.sectionStart = Math.max(0, now - form.section.ago);
    showForm();
  }

  const barConfidence = (): number => (follower.lead.line === follower.lead.followed ? 1 : statedBar(bar.confidence, state.confidence));

  function showForm(): void {
    const { section, phrase } = form;
    state.section = section.name;
    state.sectionConfidence = section.confidence;
    state.phraseBar = phrase.bar;
    state.phraseSince = phrase.since;
    state.phraseConfidence = phrase.bar === 0 ? 0 : statedPhrase(phrase.confidence, barConfidence());
  }

  function onHop(): void {
    hops += 1;
    bands.analyse(ring, write);
    bar.push();
    followStructure(hops * hopSeconds);
    follower.update(hops * hopSeconds);
  }

  return {
    state,
    get now() {
      return hops * hopSeconds;
    },
    get barConfidence() {
      return barConfidence();
    },
    push(samples, from, to) {
      for (let i = from; i < to; i += 1) {
        const s = samples[i] ?? NaN;
        ring[write] = Number.isFinite(s) ? s : 0;
        write = write + 1 === bands.size ? 0 : write + 1;
        untilHop -= 1;
        if (untilHop > 0) continue;
        untilHop = bands.hop;
        onHop();
      }
    },
    takeBeat(untilSec) {
      if (!follower.takeBeat(untilSec)) return false;
      if (state.beatInBar === 1) {
        form.bar((60 * state.metre) / state.pace);
        showForm();
      }
      return true;
    },
    get lastBeat() {
      return follower.last;
    },
    get inMusic() {
      return follower.inMusic;
    },
    rest(rest) {
      // A shorter pause is part of its section: the beat runs on in it, too.
      cues.silent = rest.silentSeconds > flywheelSeconds;
      cues.quietSeconds = rest.silentSeconds;
      follower.rest(rest);
    },
    beats: follower,
    reset() {
      bands.reset();
      structure.reset();
      bass.reset();
      form.reset();
      cues.silent = true;
      follower.reset();
      ring.fill(0);
      hops = 0;
      untilHop = bands.hop;
      write = 0;
      dropUntil = 0;
      Object.assign(state, createRhythmState());
    },
  };
}
