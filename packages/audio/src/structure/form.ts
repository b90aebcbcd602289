import { createPhrase } from "./phrase.ts";
import type { Phrase } from "./phrase.ts";
import { createSections, tickSeconds } from "./sections.ts";
import type { SectionCues, Sections } from "./sections.ts";
import type { BandPower } from "./structure.ts";

/** The form of a track: its sections, and the bars of its phrases. */
export interface Form {
  readonly section: Pick<Sections, "name" | "confidence">;
  readonly phrase: Pick<Phrase, "bar" | "since" | "confidence">;
  /** Takes the powers of a hop, and what else is known of it. */
  hop(power: BandPower, cues: SectionCues): void;
  /** A bar of `seconds` begins with the beat that goes out now. */
  bar(seconds: number): void;
  reset(): void;
}

/** How surely a section begins a phrase: where the bass comes back nearly always. */
const startsPhrase = { intro: 0.5, groove: 0.995, break: 0.93, build: 0.4, drop: 0.9999, outro: 0.9, silence: 0.125 } as const;

/** A new section is noticed about so long after it began, s: what comes in sooner than what goes away. */
const noticedAfter = { intro: 1, groove: 0.5, break: 1, build: 1, drop: 0, outro: 1, silence: 1 } as const;

export function createForm(hopSeconds: number): Form {
  const sections = createSections();
  const phrase = createPhrase();
  const hopsPerTick = Math.round(tickSeconds / hopSeconds);
  const mean: BandPower = { low: 0, high: 0, all: 0 };
  /** `sinceBar`: since the last bar began, or the music. */
  const state = { hops: 0, dropped: false, sinceBar: 0, barSeconds: 2 };

  function tick(cues: SectionCues): void {
    const { dropped } = state;
    sections.update(mean, dropped === cues.dropped ? cues : { ...cues, dropped });
    state.dropped = false;
    state.sinceBar += tickSeconds;
    if (!sections.changed) return;
    if (sections.name === "silence") phrase.reset();
    const began = state.sinceBar - noticedAfter[sections.name];
    // A name by default, after a time or at the start, says nothing of phrases.
    const sure = sections.confidence > 0.5 ? startsPhrase[sections.name] : startsPhrase.silence;
    phrase.section(-Math.round(began / state.barSeconds), sure, sections.name === "drop" || sections.name === "break");
    if (phrase.bar === 0) state.sinceBar = 0;
  }

  return {
    section: sections,
    phrase,
    hop({ low, high, all }, cues) {
      mean.low += low / hopsPerTick;
      mean.high += high / hopsPerTick;
      mean.all += all / hopsPerTick;
      state.dropped ||= cues.dropped;
      state.hops += 1;
      if (state.hops % hopsPerTick !== 0) return;
      tick(cues);
      mean.low = 0;
      mean.high = 0;
      mean.all = 0;
    },
    bar(seconds) {
      if (sections.name === "silence") return;
      const steps = Math.round(state.sinceBar / seconds);
      if (steps === 0 && phrase.bar > 0) return;
      phrase.next(steps);
      state.sinceBar = 0;
      state.barSeconds = seconds;
    },
    reset() {
      sections.reset();
      phrase.reset();
      mean.low = 0;
      mean.high = 0;
      mean.all = 0;
      Object.assign(state, { hops: 0, dropped: false, sinceBar: 0, barSeconds: 2 });
    },
  };
}
