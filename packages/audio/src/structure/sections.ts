import { createSectionFilter, soundingSections } from "./section-filter.ts";
import type { SoundingSection } from "./section-filter.ts";
import type { HeardBands } from "./section-inputs.ts";

/** The parts of a track, in the order of `/audio/section`. */
export const sectionNames = [...soundingSections, "silence"] as const;
/** One of them. */
export type SectionName = SoundingSection | "silence";

/** What names a section, besides the sound. */
export interface SectionCues {
  /** There has been no sound for so long that the music is over. */
  readonly silent: boolean;
  /** For so long there has been no sound, s; 0 while there is: a section goes on in it until the music is over, and none begins. */
  readonly quietSeconds: number;
  readonly dropped: boolean;
  /** A build-up is reported (`structure.ts`): nothing but it begins. */
  readonly rising: boolean;
}

/** Which part of a track plays: causal, a second or so after each change, a drop at once. */
export interface Sections {
  readonly name: SectionName;
  /** How sure the name is, 0..1. */
  readonly confidence: number;
  /** True for one frame, when a section is found. */
  readonly changed: boolean;
  /** How long before that frame the section began, s. */
  readonly ago: number;
  /** Takes the bands' newest frame. */
  update(cues: SectionCues): void;
  reset(): void;
}

/** Another section must be this many times likelier. */
const margin = 3;
/** No section is shorter, ticks of a quarter second, unless a drop or silence begins. */
const shortestTicks = 4;
/** How long after it began the filter finds a section, s; median over songs of forms.py. */
const foundAfter: { readonly [Name in SoundingSection]: number } = { intro: 1, groove: 0.75, break: 0.9, build: 1, drop: 0.7, outro: 1.15 };
/** These sound alike: which of them it is is decided when it begins. */
const alike: { readonly [Name in SoundingSection]?: SoundingSection } = { break: "outro", outro: "break", groove: "drop", drop: "groove" };
/** How sure silence is, and what begins after it. */
const silenceSure = 0.95;
const introSure = 0.5;

export function createSections(bands: HeardBands): Sections {
  const filter = createSectionFilter(bands);
  const state = { ticks: 0 };
  const chance = (name: SoundingSection): number => filter.chances[soundingSections.indexOf(name)] ?? NaN;

  function begin(name: SectionName, confidence: number, ago = 0): void {
    sections.changed = name !== sections.name;
    sections.name = name;
    sections.confidence = confidence;
    sections.ago = ago;
    if (sections.changed) state.ticks = 0;
  }

  function judge(current: SoundingSection, rising: boolean): void {
    state.ticks += 1;
    const best = soundingSections.reduce((a, b) => (chance(b) > chance(a) ? b : a));
    const moves = state.ticks >= shortestTicks && (!rising || best === "build") && alike[current] !== best && chance(best) > margin * chance(current);
    const name = moves ? best : current;
    begin(name, chance(name), foundAfter[name]);
  }

  const sections = {
    name: "silence" as SectionName,
    confidence: introSure,
    changed: false,
    ago: 0,
    update({ silent, quietSeconds, dropped, rising }: SectionCues): void {
      sections.changed = false;
      if (silent) {
        if (sections.name !== "silence") filter.reset();
        begin("silence", silenceSure, quietSeconds);
        return;
      }
      if (quietSeconds > 0) return;
      if (sections.name === "silence") begin("intro", introSure);
      const isNew = filter.push(rising);
      // There is nothing from which an intro or a last part could drop.
      if (dropped && sections.name !== "intro" && sections.name !== "outro") {
        filter.favour("drop");
        begin("drop", chance("drop"));
      } else if (isNew && sections.name !== "silence") judge(sections.name, rising);
    },
    reset(): void {
      filter.reset();
      state.ticks = 0;
      sections.name = "silence";
      sections.confidence = introSure;
      sections.changed = false;
    },
  };
  return sections;
}
