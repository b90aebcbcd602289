import { describe, expect, it } from "vitest";
import { noBeats, takeBeat, tempoOfBeats } from "../../src/protocols/os2l/beat-in.ts";
import type { BeatsIn } from "../../src/protocols/os2l/beat-in.ts";
import { readMessage } from "../../src/protocols/os2l/message.ts";
import type { Os2lBeat } from "../../src/protocols/os2l/message.ts";
import { beatAt } from "../../src/tempo.ts";

const beatUs = 60e6 / 126;

function take(state: BeatsIn, beat: Partial<Os2lBeat>, us: number): BeatsIn {
  return takeBeat(state, { evt: "beat", change: false, ...beat }, us);
}

/** Beats 0 to `count` - 1 at 126 BPM, each late by `lateUs`. */
function beats(count: number, lateUs: (pos: number) => number = () => 0): BeatsIn {
  let state = noBeats;
  for (let pos = 0; pos < count; pos += 1) state = take(state, { pos, bpm: 126 }, 1e6 + pos * beatUs + lateUs(pos));
  return state;
}

function beatOf(state: BeatsIn, us: number): number {
  const tempo = tempoOfBeats(state, us);
  return tempo === undefined ? Number.NaN : beatAt(tempo, us);
}

describe("beats of VirtualDJ", () => {
  it("give tempo, beat and bar", () => {
    const us = 1e6 + 15 * beatUs;
    expect(tempoOfBeats(beats(16), us)).toMatchObject({ bpm: 126, quantum: 4 });
    expect(beatOf(beats(16), us + beatUs / 2)).toBeCloseTo(15.5, 6);
  });

  it("that the network delays by up to 20 ms move the beat by a third of that at most", () => {
    const us = 1e6 + 63 * beatUs;
    const error = (beatOf(beats(64, (pos) => (pos * 7919) % 20_000), us) - 63) * (beatUs / 1000);
    expect(Math.abs(error)).toBeLessThan(6.5);
  });

  it.each([999, 12, -5, 1e9])("that name %d BPM have the tempo of their distance, and this is known", (bpm) => {
    let state = beats(8);
    for (let pos = 8; pos < 12; pos += 1) state = take(state, { pos, bpm }, 1e6 + pos * beatUs);
    expect(tempoOfBeats(state, 1e6 + 11 * beatUs)?.bpm).toBeCloseTo(126, 6);
    expect(state.refusedBpm).toBe(bpm);
    expect(take(state, { pos: 12, bpm: 126 }, 1e6 + 12 * beatUs).refusedBpm).toBeUndefined();
  });

  it("of which one names no tempo, or an impossible one, keep the tempo that they have", () => {
    // A quarter of a beat early.
    const us = 1e6 + 15.75 * beatUs;
    for (const beat of [{}, { bpm: 1e308 }, { pos: 16, bpm: -1 }]) expect(tempoOfBeats(take(beats(16), beat, us), us)?.bpm).toBeCloseTo(126, 6);
  });

  it("without a tempo have that of their distances, though they swing by 30 ms and some are missing", () => {
    let state = noBeats;
    for (let pos = 0; pos < 16; pos += 1) if (pos % 5 !== 3) state = take(state, { pos }, 1e6 + pos * beatUs + (pos % 2) * 30_000);
    expect(Math.abs((tempoOfBeats(state, 1e6 + 15 * beatUs)?.bpm ?? 0) / 126 - 1)).toBeLessThan(0.07);
  });

  it("that arrive all at once after a stall do not move the beat", () => {
    let state = beats(16);
    const us = 1e6 + 19 * beatUs;
    for (const pos of [16, 17, 18, 19]) state = take(state, { pos, bpm: 126 }, us);
    expect(beatOf(state, us)).toBeCloseTo(19, 3);
  });

  it("begin anew where the program says so, and at another tempo", () => {
    const us = 1e6 + 15.4 * beatUs;
    expect(beatOf(take(beats(16), { pos: 100, bpm: 126, change: true }, us), us)).toBeCloseTo(100, 6);
    expect(tempoOfBeats(take(beats(16), { pos: 16, bpm: 140 }, us), us)?.bpm).toBe(140);
  });

  it("jump after two that agree with each other", () => {
    let state = beats(16);
    state = take(state, { pos: 200, bpm: 126 }, 1e6 + 16 * beatUs);
    state = take(state, { pos: 201, bpm: 126 }, 1e6 + 17 * beatUs);
    expect(beatOf(state, 1e6 + 17 * beatUs)).toBeCloseTo(201, 6);
  });

  it.each<[string, (n: number) => number]>([["the same all the time", () => 7], ["backwards", (n) => -n], ["of a loop of one bar", (n) => n % 4]])("whose positions are %s have the tempo and the beat of their times", (_, posOf) => {
    let state = noBeats;
    // The tempo that is named is rounded, so the beats leave a line that the first of them gives.
    const trueUs = beatUs * 1.001;
    for (let n = 0; n < 400; n += 1) state = take(state, { pos: posOf(n), bpm: 126 }, 1e6 + n * trueUs);
    const late = ((beatOf(state, 1e6 + 399 * trueUs) % 1) + 1) % 1;
    expect(Math.min(late, 1 - late)).toBeLessThan(0.05);
    // Half a beat later: a person moved the music.
    for (let n = 400; n < 404; n += 1) state = take(state, { pos: posOf(n), bpm: 126 }, 1e6 + (n + 0.5) * trueUs);
    const moved = ((beatOf(state, 1e6 + 403.5 * trueUs) % 1) + 1) % 1;
    expect(Math.min(moved, 1 - moved)).toBeLessThan(0.05);
  });

  it("whose positions do not follow each other begin no bars, until they do again", () => {
    let state = beats(8);
    for (let n = 8; n < 12; n += 1) state = take(state, { pos: 7, bpm: 126 }, 1e6 + n * beatUs);
    expect(tempoOfBeats(state, 1e6 + 11 * beatUs)?.quantum).toBeUndefined();
    for (let n = 12; n < 14; n += 1) state = take(state, { pos: n + 28, bpm: 126 }, 1e6 + n * beatUs);
    expect(tempoOfBeats(state, 1e6 + 13 * beatUs)).toMatchObject({ beat: 41, quantum: 4 });
  });

  it("that end and begin anew owe nothing to those before", () => {
    const us = 1e6 + 15 * beatUs + 2.6e6;
    expect(tempoOfBeats(take(beats(16), { pos: 3, bpm: 126 }, us), us)).toMatchObject({ beat: 3, atUs: us });
  });

  it("that a stall held back off the beat do not move it", () => {
    let state = beats(16);
    const us = 1e6 + 18.5 * beatUs;
    for (const pos of [16, 17, 18]) state = take(state, { pos, bpm: 126 }, us);
    expect(beatOf(state, us)).toBeCloseTo(18.5, 3);
  });

  it("end with the music", () => {
    expect(tempoOfBeats(beats(16), 1e6 + 15 * beatUs + 2.1e6)).toBeUndefined();
  });

  it("without tempo or position give what can be known", () => {
    let state = noBeats;
    for (let n = 1; n <= 8; n += 1) state = take(state, {}, n * 500_000);
    expect(tempoOfBeats(state, 4e6)).toMatchObject({ bpm: 120 });
    expect(tempoOfBeats(state, 4e6)?.quantum).toBeUndefined();
  });
});

describe("a message of OS2L", () => {
  it.each<[string, unknown]>([
    ['{"evt":"beat","change":true,"pos":4,"bpm":126.05,"strength":0.5}', { evt: "beat", change: true, pos: 4, bpm: 126.05, strength: 0.5 }],
    ['{"evt":"beat"}', { evt: "beat", change: false }],
    ['{"evt":"beat","bpm":"126.5","pos":3.0,"extra":1}', { evt: "beat", change: false, bpm: 126.5, pos: 3 }],
    ['{"evt":"btn","name":"fog","page":"1","state":"on"}', { evt: "btn", name: "fog", page: "1", state: true }],
    ['{"evt":"cmd","id":"3","param":255}', { evt: "cmd", id: 3, param: 255 }],
  ])("%s is read", (text, message) => expect(readMessage(text)).toEqual(message));

  it.each(['{"evt":"scratch"}', "{}", "{nonsense}", '{"evt":"btn","name":7,"state":"on"}', '{"evt":"cmd","id":1.5,"param":1}', '{"evt":"beat","bpm":"1e999"}', '{"evt":"beat","pos":1e300}', `{"evt":"btn","name":"${"x".repeat(201)}","state":"on"}`])(
    "%s is refused",
    (text) => expect(readMessage(text)).toBeUndefined(),
  );
});
