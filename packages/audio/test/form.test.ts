import { describe, expect, it } from "vitest";
import { createForm } from "../src/structure/form.ts";
import { createPhrase } from "../src/structure/phrase.ts";

const hop = 0.01;
const barSeconds = 2;
const sound = { silent: false, quietSeconds: 0, dropped: false, rising: false, bassAway: false };
const bandCount = 29;

/** Values of the log bands at a time, s: drums on the beats and between them, over chords. */
type Sound = (seconds: number) => (band: number) => number;
const decaying = (seconds: number, every: number, height: number): number => height * Math.exp(-(seconds % every) / 0.08);
const pad: Sound = () => (band) => (band > 3 && band < 18 ? 1.6 : 0.1);
const full: Sound = (seconds) => (band) => {
  if (band < 3) return 1 + decaying(seconds, barSeconds / 4, 3);
  const chords = pad(seconds)(band);
  return band > 20 ? Math.max(chords, decaying(seconds + barSeconds / 8, barSeconds / 4, 2.5)) : chords + decaying(seconds + barSeconds / 4, barSeconds / 2, 1);
};
const quiet: Sound = () => () => 0;

/** Plays spans of `bars` bars; lists when sections and phrases began, s. */
function play(spans: readonly { bars: number; heard: Sound; cues?: Partial<typeof sound> }[]) {
  const bands = { values: new Float64Array(bandCount), peak: 1 };
  const form = createForm(bands, hop);
  const sections: [number, string][] = [];
  const phrases: number[] = [];
  const found = { name: "", bar: 0, time: 0 };
  const look = (): void => {
    if (form.section.name !== found.name) sections.push([found.time, form.section.name]);
    if (form.phrase.bar === 1 && found.bar !== 1) phrases.push(found.time);
    found.name = form.section.name;
    found.bar = form.phrase.bar;
  };
  for (const { bars, heard, cues } of spans) {
    for (let k = 0; k < (bars * barSeconds) / hop; k += 1) {
      if (k % (barSeconds / hop) === 0) form.bar(barSeconds);
      look();
      const valueOf = heard(k * hop);
      bands.values.forEach((_, band) => (bands.values[band] = valueOf(band)));
      form.hop({ ...sound, ...cues, dropped: cues?.dropped === true && k === 5 });
      found.time += hop;
      look();
    }
  }
  return { sections, phrases, form };
}

describe("the form of a track", () => {
  it("a drop names its section at once, begins a phrase, and the bars are counted since it", () => {
    const { sections, phrases, form } = play([
      { bars: 12, heard: full },
      { bars: 2, heard: pad, cues: { bassAway: true } },
      { bars: 1, heard: full, cues: { dropped: true } },
    ]);
    expect(sections.find(([, name]) => name === "drop")?.[0]).toBeCloseTo(28.05, 1);
    expect(phrases.at(-1)).toBeCloseTo(28, 1);
    expect(form.phrase).toMatchObject({ bar: 1, since: 0 });
  });

  it("nothing begins while a build-up is reported, and no drop in an intro or a last part", () => {
    const { sections } = play([
      { bars: 12, heard: full },
      { bars: 4, heard: pad, cues: { rising: true } },
      { bars: 4, heard: pad },
    ]);
    const [time = 0, name] = sections.find(([begun]) => begun > 12 * barSeconds) ?? [];
    expect(name === "build" || time >= 16 * barSeconds).toBe(true);
    const early = play([{ bars: 1, heard: pad }, { bars: 1, heard: pad, cues: { dropped: true } }]);
    const late = play([{ bars: 40, heard: full }, { bars: 40, heard: pad }, { bars: 1, heard: pad, cues: { dropped: true } }]);
    expect(late.sections.at(-1)?.[1]).toBe("outro");
    for (const { sections: found } of [early, late]) expect(found.map(([, name]) => name)).not.toContain("drop");
  });

  it("a last part after which the music goes on counts as a break", () => {
    const spans = [{ bars: 40, heard: full }, { bars: 40, heard: pad }];
    const { sections } = play(spans);
    expect(sections.at(-1)?.[1]).toBe("outro");
    const after = play([...spans, { bars: 4, heard: full }]);
    expect(after.sections.at(-1)?.[1]).toBe("groove");
    expect(after.form.phrase.since).toBeGreaterThan(35);
    expect(after.form.phrase.since).toBeLessThan(46);
  });

  it("bass that comes back begins a phrase, a gap of a beat does not", () => {
    const after = (bars: number): number => {
      const away = { bars, heard: pad, cues: { bassAway: true } };
      return play([{ bars: 13, heard: full }, away, { bars: 1, heard: full }]).form.phrase.bar;
    };
    expect(after(2)).toBe(1);
    expect(after(0.25)).not.toBe(1);
  });

  it("does not rename a part that sounds like another one", () => {
    const { sections } = play([{ bars: 40, heard: full }, { bars: 40, heard: pad }, { bars: 20, heard: full }, { bars: 40, heard: pad }]);
    const pairs = sections.slice(1).map(([, name], k) => `${sections[k]?.[1]} ${name}`);
    expect(pairs.join()).toMatch(/groove (break|outro)/);
    for (const pair of ["break outro", "outro break", "groove drop", "drop groove"]) expect(pairs).not.toContain(pair);
  });

  it("finds no section in a pause, and none before there is any sound", () => {
    const pause = { heard: quiet, cues: { quietSeconds: 0.5 } };
    const { sections } = play([{ bars: 3, ...pause }, { bars: 12, heard: full }, { bars: 1, ...pause }, { bars: 4, heard: full }]);
    expect(sections.map(([, name]) => name)).toEqual(["silence", "intro", "groove"]);
    expect(sections[1]?.[0]).toBeCloseTo(6, 1);
  });

  it("is silence without sound, and begins anew after it", () => {
    const { sections, form } = play([
      { bars: 6, heard: full },
      { bars: 2, heard: quiet, cues: { silent: true } },
      { bars: 2, heard: full },
    ]);
    expect(sections.map(([, name]) => name)).toEqual(["silence", "intro", "groove", "silence", "intro", "groove"]);
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

  it("stays where the sound changed when the bars were counted half a bar wrong there, and turn later", () => {
    const phrase = createPhrase();
    for (let k = 0; k < 13; k += 1) phrase.next(k === 0 ? 0 : 1);
    phrase.section(-0.5, 0, 0.99, true);
    for (const passed of [1, 1, 1, 0.5]) phrase.next(passed);
    expect(phrase).toMatchObject({ bar: 4, since: 3 });
    phrase.section(-0.5, 0, 0.99, true);
    for (const passed of [0.5, 1, 1, 1]) phrase.next(passed);
    expect(phrase).toMatchObject({ bar: 4, since: 3 });
  });

  it("is in its first bar when a phrase began in the middle of a bar that has nearly gone", () => {
    const phrase = createPhrase();
    for (let k = 0; k < 5; k += 1) phrase.next(k === 0 ? 0 : 1);
    phrase.section(-0.52, 0.9, 0.99, false);
    expect(phrase.bar).toBe(1);
  });

  it("bars are counted from what turned out to have been a break", () => {
    const phrase = createPhrase();
    for (let k = 0; k < 30; k += 1) phrase.next(k === 0 ? 0 : 1);
    phrase.break(9);
    phrase.next(1);
    expect(phrase.since).toBe(10);
  });

  it("moves where a section says so more than once, and not for a doubtful one", () => {
    const phrase = createPhrase();
    for (let k = 0; k < 4; k += 1) phrase.next(k === 0 ? 0 : 1);
    phrase.section(0, 0, 0.4, false);
    expect(phrase.bar).toBe(4);
    phrase.section(0, 0, 0.99, true);
    expect(phrase).toMatchObject({ bar: 1, since: 0 });
    expect(phrase.confidence).toBeGreaterThan(0.5);
  });
});
