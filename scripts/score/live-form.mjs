// Sections, phrases and bars as they go out live, frame by frame: later than a file has them, which knows where they began.

/**
 * A beat that went out: where it was said to be, and how surely, 0..1; `beatInBar` from 1, `phraseBar` 1..8, or 0.
 * @typedef {{ time: number, metre: number, beatInBar: number, barStated: number, phraseBar: number, phraseStated: number }} LiveBeat
 */

/** Collects them from the frames of an analyzer. */
export const createLiveForm = () => {
  /** @type {[number, string][]} */
  const sections = [];
  /** @type {number[]} */
  const phrases = [];
  /** @type {LiveBeat[]} */
  const beats = [];
  const now = { section: "", bar: 0 };
  return {
    sections,
    phrases,
    beats,
    /** @param {import("@vj/audio").AudioFrame} frame */
    take({ time, beat, metre, beatInBar, barConfidence, phraseBar, phraseConfidence, section }) {
      if (section !== now.section) sections.push([time, section]);
      if (phraseBar === 1 && now.bar !== 1) phrases.push(time);
      if (beat === 1) beats.push({ time, metre, beatInBar, barStated: barConfidence, phraseBar, phraseStated: phraseConfidence });
      now.section = section;
      now.bar = phraseBar;
    },
  };
};
