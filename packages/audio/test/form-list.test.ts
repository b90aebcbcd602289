import { describe, expect, it } from "vitest";
import { createFormList } from "../src/form-list.ts";
import { createAudioFrame } from "../src/frame.ts";
import type { AudioFrame } from "../src/frame.ts";

/** What is seen at some times. */
function listOf(frames: readonly Partial<AudioFrame>[]) {
  const list = createFormList();
  for (const frame of frames) list.take({ ...createAudioFrame(), ...frame });
  return list;
}

describe("sections and phrases of a recording", () => {
  it("sections stand where they began, from 0 on", () => {
    const { sections } = listOf([
      { time: 1 / 60, section: "silence", sectionStart: 0 },
      { time: 2 / 60, section: "intro", sectionStart: 0.02 },
      { time: 17, section: "groove", sectionStart: 16.2 },
      { time: 40, section: "break", sectionStart: 39 },
    ]);
    expect(sections).toEqual([[0, "intro"], [16.2, "groove"], [39, "break"]]);
  });

  it("a section of less than half a second was not known yet", () => {
    const { sections } = listOf([
      { time: 0.02, section: "intro", sectionStart: 0 },
      { time: 1, section: "groove", sectionStart: 0.25 },
      { time: 20, section: "break", sectionStart: 19 },
      { time: 20.2, section: "groove", sectionStart: 19.4 },
      { time: 30, section: "drop", sectionStart: 30 },
    ]);
    expect(sections).toEqual([[0, "groove"], [30, "drop"]]);
  });

  it("a stop within a section is none, and a last part that the music goes on from was a break", () => {
    const { sections } = listOf([
      { time: 1, section: "groove", sectionStart: 0 },
      { time: 20, section: "break", sectionStart: 19 },
      { time: 22, section: "groove", sectionStart: 21 },
      { time: 41, section: "outro", sectionStart: 40 },
      { time: 50, section: "groove", sectionStart: 49 },
      { time: 60, section: "outro", sectionStart: 59 },
      { time: 70, section: "silence", sectionStart: 67 },
      { time: 71, section: "intro", sectionStart: 71 },
    ]);
    expect(sections).toEqual([[0, "groove"], [40, "break"], [49, "groove"], [59, "outro"], [67, "silence"], [71, "intro"]]);
  });

  it("phrases begin on a first beat of a bar, else on a beat, and at the start of the section that moved the count", () => {
    const list = listOf([
      { time: 4.01, beat: 1, phraseBar: 1, section: "groove", sectionStart: 0 },
      { time: 6, phraseBar: 2, section: "groove", sectionStart: 0 },
      { time: 20.9, phraseBar: 1, section: "break", sectionStart: 20.1 },
      { time: 22, phraseBar: 2, section: "break", sectionStart: 20.1 },
      { time: 36.5, phraseBar: 1, section: "break", sectionStart: 20.1 },
    ]);
    expect(list.phrases([4, 4.5, 19.5, 20, 20.5, 21, 36.49], [20.5])).toEqual([4, 20.5, 36.49]);
    expect(list.phrases([10], [])).toEqual([4.01, 20.1, 36.5]);
    expect(list.phrases([], [])).toEqual([4.01, 20.1, 36.5]);
  });
});
