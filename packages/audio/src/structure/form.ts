import { createPhrase } from "./phrase.ts";
import type { Phrase } from "./phrase.ts";
import { createSections } from "./sections.ts";
import type { SectionCues, Sections } from "./sections.ts";
import type { HeardBands } from "./section-inputs.ts";

/** The form of a track: its sections, and the bars of its phrases. */
export interface Form {
  readonly section: Pick<Sections, "name" | "confidence" | "ago">;
  readonly phrase: Pick<Phrase, "bar" | "since" | "confidence">;
  /** Takes the bands' newest frame, and what else is known of it. */
  hop(cues: FormCues): void;
  /** A bar of `seconds` begins with the beat that goes out now. */
  bar(seconds: number): void;
  reset(): void;
}

/** What is known of a frame beside its sound. */
export interface FormCues extends SectionCues {
  /** The bass of the groove is away (`bass-away.ts`). */
  readonly bassAway: boolean;
}

/** Bass that comes back after so long, s, nearly always begins a phrase; it is noticed so long after, s. */
const leastAway = 1.5;
const backSure = 0.999;
const backAfter = 0.1;
/** For so long after that, s, the section which begins there says nothing new. */
const sameSeconds = 3;
/** How surely a section begins a phrase. */
const startsPhrase = { intro: 0.5, groove: 0.995, break: 0.93, build: 0.4, drop: 0.9999, outro: 0.9, silence: 0.125 } as const;

export function createForm(bands: HeardBands, hopSeconds: number): Form {
  const sections = createSections(bands);
  const phrase = createPhrase();
  /** `sinceBar`: since the last bar began, or the music; `outro`: since the last part began, 0 in others. Seconds. */
  const state = { sinceBar: 0, barSeconds: 2, away: 0, sinceBack: Infinity, outro: 0 };

  const within = (): number => state.sinceBar / state.barSeconds;
  /** Bars from the moment `ago` s ago to the beginning of this bar; -1: the next bar begins there. */
  const barsSince = (ago: number): number => (ago - state.sinceBar) / state.barSeconds;

  function begin(): void {
    if (sections.name === "silence") phrase.reset();
    // A name by default, at the start, says nothing of phrases.
    const sure = sections.confidence > 0.5 && state.sinceBack > sameSeconds ? startsPhrase[sections.name] : startsPhrase.silence;
    // A last part after which the music goes on was a break.
    if (state.outro > 0 && sections.name !== "silence") phrase.break(barsSince(state.outro));
    state.outro = sections.name === "outro" ? sections.ago : 0;
    phrase.section(barsSince(sections.ago), within(), sure, sections.name === "drop" || sections.name === "break");
    if (phrase.bar === 0) state.sinceBar = 0;
  }

  function followBass(away: boolean): void {
    state.sinceBack += hopSeconds;
    if (away) state.away += hopSeconds;
    else {
      if (state.away > leastAway) {
        phrase.section(barsSince(backAfter), within(), backSure, false);
        state.sinceBack = 0;
      }
      state.away = 0;
    }
  }

  return {
    section: sections,
    phrase,
    hop(cues) {
      sections.update(cues);
      state.sinceBar += hopSeconds;
      if (state.outro > 0) state.outro += hopSeconds;
      followBass(cues.bassAway);
      if (sections.changed) begin();
    },
    bar(seconds) {
      if (sections.name === "silence") return;
      phrase.next(state.sinceBar / seconds);
      state.sinceBar = 0;
      state.barSeconds = seconds;
    },
    reset() {
      sections.reset();
      phrase.reset();
      Object.assign(state, { sinceBar: 0, barSeconds: 2, away: 0, sinceBack: Infinity, outro: 0 });
    },
  };
}
