import type { AudioFrame } from "./frame.ts";
import type { SectionName } from "./structure/sections.ts";

/** The form of a recording: what is noticed live a second late stands where it began. All times in s. */
export interface FormList {
  take(frame: AudioFrame): void;
  /** `[start, name]` each; the first starts at 0, each other one where the one before it ends. */
  readonly sections: [number, SectionName][];
  /** Where phrases begin: on a first beat of a bar, else on a beat, where one is near. @param beats times of all beats, rising @param downbeats those that begin a bar */
  phrases(beats: readonly number[], downbeats: readonly number[]): number[];
}

/** A shorter section is one that was not known yet. */
const shortest = 0.5;
/** Between two parts of a section, a shorter one is a stop, s: a bar of slow music. */
const longestStop = 2.5;
/** A beat this close is near, s: half of a beat at 60 BPM. */
const near = 0.5;

/** NaN where none is near. */
function nearestBeat(time: number, beats: readonly number[]): number {
  const after = beats.findIndex((beat) => beat >= time);
  const [left = NaN, right = NaN] = after < 0 ? [beats.at(-1)] : [beats[after - 1], beats[after]];
  const nearest = time - left < right - time || Number.isNaN(right) ? left : right;
  return Math.abs(nearest - time) <= near ? nearest : NaN;
}

/** Without stops; what was taken for the last part, but was followed by more, as the break that it was. */
function settled(found: readonly [number, SectionName][]): [number, SectionName][] {
  const sections: [number, SectionName][] = [];
  found.forEach(([start, name], k) => {
    const [end = Infinity, after] = found[k + 1] ?? [];
    const isStop = end - start < longestStop && name !== "silence" && after !== "silence" && after === sections.at(-1)?.[1];
    const known = name === "outro" && after !== undefined && after !== "silence" ? "break" : name;
    if (!isStop && known !== sections.at(-1)?.[1]) sections.push([start, known]);
  });
  return sections;
}

export function createFormList(): FormList {
  const sections: [number, SectionName][] = [];
  const begun: number[] = [];
  let section: SectionName | undefined;
  let bar = 0;

  function addSection(start: number, name: SectionName): void {
    while (sections.length > 0 && (sections.at(-1)?.[0] ?? 0) > start - shortest) sections.pop();
    if (sections.at(-1)?.[1] !== name) sections.push([sections.length === 0 ? 0 : start, name]);
  }

  return {
    get sections() {
      return settled(sections);
    },
    take(frame) {
      const isNew = frame.section !== section;
      if (isNew) addSection(frame.sectionStart, frame.section);
      // In the middle of a bar a phrase begins where a section is found to have begun.
      if (frame.phraseBar === 1 && bar !== 1) begun.push(isNew && frame.beat === 0 ? frame.sectionStart : frame.time);
      section = frame.section;
      bar = frame.phraseBar;
    },
    phrases(beats, downbeats) {
      const dated = (time: number): number => [nearestBeat(time, downbeats), nearestBeat(time, beats)].find((beat) => !Number.isNaN(beat)) ?? time;
      const starts = begun.map(dated).toSorted((a, b) => a - b);
      return starts.filter((time, k) => time > (starts[k - 1] ?? -Infinity));
    },
  };
}
