import { fc } from "@vj/test-kit/properties";
import { tempoBy } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { noEstimate } from "../../src/rig-tempo/estimate.ts";
import { isMovedByHand } from "../../src/rig-tempo/moved-by-hand.ts";
import type { RigTempo } from "../../src/tempo.ts";
import { errorMs, play, randomOf } from "./music.ts";
import type { Music } from "./music.ts";

/** Largest distance from the truth, ms, once `from` seconds are over. */
function worst(music: Music, from: number, until = Infinity): number {
  let most = 0;
  play(music, (estimate, beat, seconds) => {
    if (seconds >= from && seconds < until) most = Math.max(most, Math.abs(errorMs(estimate, beat, seconds)));
  });
  return most;
}

const at = (bpm: number, other: number, change: number) => (seconds: number): number =>
  100 + (Math.min(seconds, change) * bpm + Math.max(0, seconds - change) * other) / 60;

describe("the rig's tempo", () => {
  it("is not there before three beats", () => {
    let seen = 0;
    play({ seconds: 1.2, bpm: 120 }, ({ tempo }) => (seen += tempo === undefined ? 0 : 1));
    expect(seen).toBe(0);
  });

  it("is the music's at any tempo, with late and lost packets", () => {
    fc.assert(
      fc.property(fc.integer({ min: 62, max: 178 }), fc.nat(), (bpm, seed) => {
        const random = randomOf(seed);
        const delayMs = (): number | undefined => (random() < 0.1 ? undefined : random() < 0.2 ? 40 * random() : 2 * random());
        expect(worst({ seconds: 20, bpm, delayMs }, 8)).toBeLessThan(6);
      }),
      { numRuns: 60 },
    );
  });

  it("does not move for packets that a stall held back and gave out at once", () => {
    const held = (seconds: number): number => (seconds > 10 && seconds < 13 ? (13 - seconds) * 1000 : 0);
    expect(worst({ seconds: 20, bpm: 128, delayMs: held }, 5)).toBeLessThan(3);
  });

  it("is even over beats that swing early and late", () => {
    const offMs = (seconds: number): number => 6 * Math.sin(seconds);
    const sizes: number[] = [];
    play({ seconds: 90, bpm: 126, offMs }, (estimate, beat, seconds) => {
      if (seconds > 60) sizes.push(Math.abs(errorMs(estimate, beat, seconds)));
    });
    expect(Math.max(...sizes)).toBeLessThan(3);
  });

  it.each([["tap", 0.3], ["tap", -0.2], ["link", 0.45], ["midi", -0.4], ["os2l", 0.1]] as const)("of %s stays while beats jump by %d of a beat", (source, jump) => {
    const said: number[] = [];
    const position = (seconds: number): number => 100 + (seconds * 124) / 60 + (seconds < 20 ? 0 : jump);
    const music: Music = { seconds: 30, bpm: 124, by: tempoBy[source], position };
    play(music, ({ tempo }, _, seconds) => void (seconds > 10 && tempo !== undefined && said.push(tempo.bpm)));
    expect(Math.max(...said.map((bpm) => Math.abs(bpm - 124)))).toBeLessThan(0.2);
    expect(worst(music, 22)).toBeLessThan(3);
  });

  it.each([[128, 124], [124, 132], [100, 150], [128, 64], [90, 174], [120, 120.6]])("follows a change from %d to %d BPM", (bpm, other) => {
    const change = 20;
    const music: Music = { seconds: 40, bpm: other, position: at(bpm, other, change) };
    expect(worst(music, 35)).toBeLessThan(6);
    const end = play(music, () => {});
    expect(end.tempo?.bpm).toBeCloseTo(other, 0);
  });

  it("is the analyzer's new tempo at once, while its beats still lag behind the music", () => {
    const change = 20;
    const said = (seconds: number): number => (seconds < change + 1.6 ? 128 : 124);
    const lag = (seconds: number): number => (seconds < change ? 0 : -8 * Math.exp((change - seconds) / 1.5));
    const music: Music = { seconds: 40, bpm: 124, position: at(128, 124, change), said, offMs: lag };
    const off: number[] = [];
    play(music, ({ tempo }, _, seconds) => {
      if (seconds > change + 1.7) off.push(Math.abs((tempo?.bpm ?? 0) / 124 - 1));
    });
    expect(Math.max(...off)).toBeLessThan(0.002);
    expect(worst(music, change + 1.7)).toBeLessThan(8);
    expect(worst(music, change + 8)).toBeLessThan(4);
  });

  it("begins a new tempo near the music, though the first beats of it are on their way there from the old line", () => {
    const change = 20;
    // As the analyzer's beats were late in the demo track, which changed to 132 BPM, at each beat; ms.
    const late = [0, 19, 26, 25, 18, 11, 2, 0];
    const offMs = (seconds: number): number => {
      const place = Math.min(late.length - 1, Math.max(0, (seconds - change) / 0.45));
      const [before = 0, after = 0] = [late[Math.floor(place)], late[Math.ceil(place)]];
      return before + (place - Math.floor(place)) * (after - before);
    };
    const music: Music = { seconds: 40, bpm: 132, position: at(124, 132, change), said: (seconds) => (seconds < change + 1.5 ? 124 : 132), offMs };
    expect(worst(music, change + 1.9)).toBeLessThan(9);
    // Other music, half a beat elsewhere, is where it is.
    const cut: Music = { ...music, position: (seconds) => at(124, 132, change)(seconds) + (seconds < change ? 0 : 0.5), offMs: () => 0 };
    const interval = 60_000 / 132;
    const off: number[] = [];
    play(cut, (estimate, beat, seconds) => {
      const error = errorMs(estimate, beat, seconds);
      if (seconds > change + 1.9) off.push(Math.abs(error - interval * Math.round(error / interval)));
    });
    expect(Math.max(...off)).toBeLessThan(5);
  });

  it("has the tempo of a person, while the beats after a tap move back to those of the music", () => {
    const before = play({ seconds: 20, bpm: 128 }, () => {});
    const off: number[] = [];
    const position = (seconds: number): number => 100 + ((20 + seconds) * 128) / 60;
    play({ seconds: 10, bpm: 128, position, by: tempoBy.tap, offMs: (seconds) => 47 * Math.exp(-seconds) }, ({ tempo }) => off.push(Math.abs((tempo?.bpm ?? 0) / 128 - 1)), before);
    expect(Math.max(...off)).toBeLessThan(0.005);
  });

  it("is another voice's at its first beat", () => {
    const before = play({ seconds: 20, bpm: 120 }, () => {});
    let first: number | undefined;
    play({ seconds: 3, bpm: 97, by: 3 }, ({ tempo }, _, seconds) => {
      if (tempo?.by === 3 && Math.abs(tempo.bpm - 97) < 0.1) first ??= seconds;
    }, before);
    expect(first).toBeLessThan(0.8);
  });

  it("is held while beats are half a beat off for some seconds, and moves when they stay there", () => {
    const half = (from: number, to: number) => (seconds: number): number => (seconds >= from && seconds < to ? 230 : 0);
    expect(worst({ seconds: 40, bpm: 128, offMs: half(20, 24) }, 5)).toBeLessThan(3);
    expect(Math.abs(worst({ seconds: 40, bpm: 128, offMs: half(20, 40) }, 35) - 230)).toBeLessThan(5);
  });

  it("moves at once after a drop", () => {
    const music: Music = { seconds: 24, bpm: 128, offMs: (seconds) => (seconds >= 20 ? 230 : 0), dropAt: 20 };
    expect(Math.abs(worst(music, 22.5) - 230)).toBeLessThan(5);
  });

  it("keeps its bars when the analyzer loses them for six beats", () => {
    const barOff = (seconds: number): number => (seconds > 20 && seconds < 22.7 ? 1 : 0);
    expect(worst({ seconds: 30, bpm: 128, barOff }, 8)).toBeLessThan(3);
  });

  it.each([["half", 0.5, 6], ["twice", 2, 6], ["two thirds of", 2 / 3, 6]])("goes on while the analyzer takes %s the tempo for it for six beats", (_, ratio, count) => {
    const bpm = 128;
    const [from, to] = [20 * (60 / bpm) * 2, (40 + count) * (60 / bpm)];
    const counted = (seconds: number): number => 100 + ((Math.min(seconds, from) + ratio * (Math.max(from, Math.min(seconds, to)) - from) + Math.max(0, seconds - to)) * bpm) / 60;
    const isOther = (seconds: number): boolean => seconds > from && seconds < to;
    const missing = 100 + (30 * bpm) / 60 - counted(30);
    const most: number[] = [];
    play({ seconds: 30, bpm, position: counted, said: (seconds) => (isOther(seconds) ? ratio * bpm : bpm), barOff: (seconds) => (seconds > from ? missing + 400 : 0) }, (estimate, _beat, seconds) => {
      if (seconds > 10) most.push(Math.abs(errorMs(estimate, 100 + (seconds * bpm) / 60, seconds)));
    });
    expect(Math.max(...most)).toBeLessThan(6);
  });

  it("goes on so also shortly after a change of the tempo, and gives a bar up where the music is another one", () => {
    /** Beats of the music at a tempo; the analyzer counts this share of them. */
    const parts = [{ beats: 40, bpm: 128, share: 1 }, { beats: 10, bpm: 124, share: 1 }, { beats: 6, bpm: 124, share: 0.5 }, { beats: 30, bpm: 124, share: 1 }, { beats: 40, bpm: 98, share: 1 }];
    const at = (seconds: number): { truth: number; counted: number; said: number; part: number } => {
      let [left, truth, counted] = [seconds, 100, 100];
      for (const [part, { beats, bpm, share }] of parts.entries()) {
        const some = Math.min(beats, (left * bpm) / 60);
        [left, truth, counted] = [left - (some * 60) / bpm, truth + some, counted + some * share];
        if (some < beats || part === parts.length - 1) return { truth, counted, said: bpm * share, part };
      }
      throw new Error("unreachable");
    };
    const barOff = (seconds: number): number => 400 + Math.round(at(seconds).truth - at(seconds).counted) + (at(seconds).part === 4 ? 1 : 0);
    const off: number[][] = [[], [], [], [], []];
    play({ seconds: 62, bpm: 128, position: (seconds) => at(seconds).counted, said: (seconds) => at(seconds).said, barOff }, (estimate, _beat, seconds) => {
      const { truth, part } = at(seconds);
      // Another tempo is known by its second beat; eight beats must agree with another bar. The other parts go on from the first moment.
      const since = at(seconds - (part === 4 ? 8 : 3)).part;
      const isSettled = seconds > 3 && (since === part || part === 2 || part === 3);
      if (isSettled) off[part]?.push(Math.abs(errorMs(estimate, truth + (part === 4 ? 1 : 0), seconds)));
    });
    expect(off.map((some) => Math.max(...some) < 20)).toEqual([true, true, true, true, true]);
  });

  it.each([["beats", { offMs: (seconds: number) => (seconds >= 20 ? 200 : 0) }], ["bar", { barOff: (seconds: number) => (seconds >= 20 ? 2 : 0) }]])("is moved at once where a person moves the %s once more, and that is noticed", (_, move) => {
    let before: RigTempo | undefined;
    const moves: number[] = [];
    play({ seconds: 40, bpm: 128, by: 2, ...move }, ({ tempo }, _beat, seconds) => {
      if (isMovedByHand(before, tempo, seconds * 1e6)) moves.push(seconds);
      before = tempo;
    });
    expect(moves).toHaveLength(1);
    expect(moves[0]).toBeGreaterThan(20);
    expect(moves[0]).toBeLessThan(22);
  });

  it("does not take a bar over that was said before a drop, while the analyzer lost it", () => {
    const barOff = (seconds: number): number => (seconds >= 30 && seconds < 38 ? 1 : 0);
    expect(worst({ seconds: 50, bpm: 128, barOff, dropAt: 37 }, 8)).toBeLessThan(3);
  });

  it("keeps counting where beats were left out", () => {
    // The analyzer counts beats that it sent: in the pause it sent none.
    const pause = (seconds: number): number => 100 + Math.floor((Math.min(seconds, 20) + Math.max(0, seconds - 35)) * 2) + ((seconds * 2) % 1);
    let last = 0;
    const end = play({ seconds: 50, bpm: 120, position: pause, barOff: (seconds) => (seconds >= 35 ? 30 : 0) }, () => (last += 1));
    expect(last).toBe(3000);
    expect(end.tempo && Math.abs(((end.tempo.beat - (end.tempo.atUs / 1e6) * 2) * 1000) % 1000)).toBeLessThan(10);
  });

  it("is held, and said not to be live, without a tempo", () => {
    const music = play({ seconds: 10, bpm: 120 }, () => {});
    expect(music.tempo?.live).toBe(true);
    const silent = play({ seconds: 1, bpm: 0, position: () => 120 }, () => {}, music);
    expect(silent.tempo).toEqual({ ...music.tempo, live: false });
    expect(noEstimate.tempo).toBeUndefined();
  });
});
