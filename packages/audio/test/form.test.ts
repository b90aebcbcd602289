import { describe, expect, it } from "vitest";
import { createForm } from "../src/structure/form.ts";
import { createPhrase } from "../src/structure/phrase.ts";
import type { BandPower } from "../src/structure/structure.ts";

const hop = 0.01;
const barSeconds = 2;
const full: BandPower = { low: 0.02, high: 0.002, all: 0.03 };
const pad: BandPower = { low: 0.00002, high: 0.00002, all: 0.004 };
const quiet: BandPower = { low: 0, high: 0, all: 0 };
const sound = { silent: false, buildup: false, dropped: false };

/** Plays spans of `bars` bars; lists when sections and phrases began, s. */
function play(spans: readonly { bars: number; power: BandPower; cues?: Partial<typeof sound> }[]) {
  const form = createForm(hop);
  const sections: [number, string][] = [];
  const phrases: number[] = [];
  const found = { name: "", bar: 0, time: 0 };
  const look = (): void => {
    if (form.section.name !== found.name) sections.push([found.time, form.section.name]);
    if (form.phrase.bar === 1 && found.bar !== 1) phrases.push(found.time);
    found.name = form.section.name;
    found.bar = form.phrase.bar;
  };
  for (const { bars, power, cues } of spans) {
    for (let k = 0; k < (bars * barSeconds) / hop; k += 1) {
      if (k % (barSeconds / hop) === 0) form.bar(barSeconds);
      look();
      form.hop(power, { ...sound, ...cues, dropped: cues?.dropped === true && k === 5 });
      found.time += hop;
      look();
    }
  }
  return { sections, phrases, form };
}

describe("the form of a track", () => {
  it("names a break and the groove after it within two seconds, and counts phrases of eight bars through both", () => {
    const { sections, phrases } = play([
      { bars: 16, power: full },
      { bars: 8, power: pad },
      { bars: 16, power: full },
    ]);
    expect(sections.map(([, name]) => name)).toEqual(["silence", "intro", "groove", "break", "groove"]);
    const at = (k: number): number => sections[k]?.[0] ?? NaN;
    expect(at(3) - 32).toBeLessThan(2);
    expect(at(4) - 48).toBeLessThan(2);
    expect(phrases.slice(-3).map((time) => Math.round(time))).toEqual([32, 48, 64]);
  });

  it("takes a drop for the first bar of a phrase, and counts the bars since it", () => {
    const { sections, phrases, form } = play([
      { bars: 12, power: full },
      { bars: 2, power: pad, cues: { buildup: true } },
      { bars: 5, power: full, cues: { dropped: true } },
    ]);
    expect(sections.at(-1)?.[1]).toBe("drop");
    expect(sections.map(([, name]) => name)).toContain("build");
    expect(Math.abs((phrases.at(-1) ?? NaN) - 28)).toBeLessThan(0.2);
    expect(form.phrase).toMatchObject({ bar: 5, since: 4 });
  });

  it("is silence without sound, and begins anew after it", () => {
    const { sections, form } = play([
      { bars: 6, power: full },
      { bars: 2, power: quiet, cues: { silent: true } },
      { bars: 2, power: full },
    ]);
    expect(sections.map(([, name]) => name)).toEqual(["silence", "intro", "silence", "intro"]);
    expect(form.phrase.bar).toBeLessThanOrEqual(2);
  });
});

describe("createPhrase", () => {
  it("counts to eight and begins again, also where bars are left out", () => {
    const phrase = createPhrase();
    const bars = Array.from({ length: 10 }, (_, k) => {
      phrase.next(k === 0 ? 0 : 1);
      return phrase.bar;
    });
    expect(bars).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 1, 2]);
    phrase.next(3);
    expect(phrase).toMatchObject({ bar: 5, since: 12 });
  });

  it("moves where a section says so more than once, and not for a doubtful one", () => {
    const phrase = createPhrase();
    for (let k = 0; k < 4; k += 1) phrase.next(k === 0 ? 0 : 1);
    phrase.section(0, 0.4, false);
    expect(phrase.bar).toBe(4);
    phrase.section(0, 0.99, true);
    expect(phrase).toMatchObject({ bar: 1, since: 0 });
    expect(phrase.confidence).toBeGreaterThan(0.5);
  });
});
