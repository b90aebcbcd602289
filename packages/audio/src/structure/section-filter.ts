import { createDilatedNet } from "../net/dilated-net.ts";
import { createSectionInputs } from "./section-inputs.ts";
import type { HeardBands } from "./section-inputs.ts";
import { sectionNetWeights } from "./section-net-weights.ts";

/** The parts of a track that differ by their sound, in the order of the network's exits. */
export const soundingSections = ["intro", "groove", "break", "build", "drop", "outro"] as const;
/** One of them. */
export type SoundingSection = (typeof soundingSections)[number];

/**
 * Which part of a track sounds: a `DilatedNet` over quarters of a second that remembers 64 s (fitted by `scripts/train-beats/fit_section_net.py`), and
 * a forward filter over its exits (L. R. Rabiner 1989, A tutorial on hidden Markov models), in which sections last and follow each other as they do in tracks.
 */
export interface SectionFilter {
  /** Probability of each of `soundingSections`; sums to 1. */
  readonly chances: Float64Array;
  /** Takes the bands' newest frame. @param rising a build-up is reported (`structure.ts`) @returns true when `chances` are new */
  push(rising: boolean): boolean;
  /** The section is known from elsewhere. */
  favour(section: SoundingSection): void;
  reset(): void;
}

/** Sections that follow each usually; any other may follow, too, but seldom, and an intro never: it begins with the music. */
const next: { readonly [Name in SoundingSection]: readonly SoundingSection[] } = {
  intro: ["groove", "break", "build", "drop"],
  groove: ["break", "build", "outro"],
  break: ["groove", "build", "drop"],
  build: ["drop", "groove", "break"],
  drop: ["break", "build", "outro"],
  outro: ["groove"],
};
const seldom = 0.001;
/** Probability that a section goes on for another tick. */
const stay = 0.95;
/** Ticks are not independent of each other: each counts as this share of one. */
const independence = 0.8;
/** Log odds of a build-up in each tick in which the bass is gone and the top end rises. */
const risingOdds = 1.5;
/** Probability of a section that is known from elsewhere. */
const known = 0.9;
const count = soundingSections.length;
const build = soundingSections.indexOf("build");

/** Probability of going from one section to another in a tick: moves[from * count + to]. */
const moves = new Float64Array(count * count);
soundingSections.forEach((from, i) => {
  const row = soundingSections.map((to): number => (to === from || to === "intro" ? 0 : next[from].includes(to) ? 1 : seldom));
  const sum = row.reduce((all, weight) => all + weight, 0);
  row.forEach((weight, j) => (moves[i * count + j] = i === j ? stay : ((1 - stay) * weight) / sum));
});

export function createSectionFilter(bands: HeardBands): SectionFilter {
  const inputs = createSectionInputs(bands);
  const net = createDilatedNet(sectionNetWeights);
  const logits = net.exit("out");
  const chances = new Float64Array(count);
  const moved = new Float64Array(count);

  function advance(): void {
    moved.fill(0);
    for (let i = 0; i < count; i += 1) for (let j = 0; j < count; j += 1) moved[j] = (moved[j] ?? NaN) + (chances[i] ?? NaN) * (moves[i * count + j] ?? NaN);
  }

  function weigh(rising: boolean): void {
    if (rising) logits[build] = (logits[build] ?? NaN) + risingOdds / independence;
    const most = Math.max(...logits);
    let sum = 0;
    for (let j = 0; j < count; j += 1) {
      chances[j] = (moved[j] ?? NaN) * Math.exp(independence * ((logits[j] ?? NaN) - most));
      sum += chances[j] ?? NaN;
    }
    for (let j = 0; j < count; j += 1) chances[j] = (chances[j] ?? NaN) / sum;
  }

  const filter = {
    chances,
    push(rising: boolean): boolean {
      if (!inputs.push()) return false;
      for (let k = 0; k < inputs.values.length; k += 1) net.input[k] = (inputs.values[k] ?? NaN) - (k < 2 * bands.values.length ? sectionNetWeights.centre : 0);
      net.step();
      advance();
      weigh(rising);
      return true;
    },
    favour(section: SoundingSection): void {
      chances.fill((1 - known) / (count - 1));
      chances[soundingSections.indexOf(section)] = known;
    },
    reset(): void {
      inputs.reset();
      net.reset();
      chances.fill(1 / count);
    },
  };
  filter.reset();
  return filter;
}
