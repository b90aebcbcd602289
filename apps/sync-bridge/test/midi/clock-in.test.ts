import { describe, expect, it } from "vitest";
import { silentClock, takeMessage, tempoIn } from "../../src/protocols/midi/clock-in.ts";
import type { ClockIn } from "../../src/protocols/midi/clock-in.ts";
import { realtime, songPosition } from "../../src/protocols/midi/messages.ts";
import { beatAt } from "../../src/tempo.ts";

/** Another program's clock under fake time. */
class Sender {
  state: ClockIn = silentClock;
  us = 0;

  send(...message: number[]): this {
    this.state = takeMessage(this.state, message, this.us);
    return this;
  }

  /** @param jitterUs how far the n-th clock is from its time */
  clocks(count: number, bpm: number, jitterUs: (n: number) => number = () => 0): this {
    for (let n = 0; n < count; n += 1) {
      this.state = takeMessage(this.state, [realtime.clock], this.us + jitterUs(n));
      this.us += 60e6 / bpm / 24;
    }
    return this;
  }

  get tempo(): ReturnType<typeof tempoIn> {
    return tempoIn(this.state, this.us);
  }
}

const shake = (n: number): number => ((n * 7919) % 2001) - 1000;

describe("MIDI clock in", () => {
  it("knows tempo and beat from Start on, with clocks that come a millisecond early or late", () => {
    const sender = new Sender().send(realtime.start).clocks(96, 128.4, shake);
    expect(sender.tempo?.bpm).toBeCloseTo(128.4, 0);
    expect(sender.tempo?.quantum).toBe(4);
    const beat = sender.tempo === undefined ? Number.NaN : beatAt(sender.tempo, sender.us);
    expect(Math.abs(beat - 4)).toBeLessThan(0.002);
  });

  it("is not misled by single clocks that are far off", () => {
    const sender = new Sender().send(realtime.start).clocks(48, 120, (n) => (n % 11 === 5 ? 15_000 : 0));
    expect(sender.tempo?.bpm).toBeCloseTo(120, 0);
  });

  it("follows a change of tempo within half a beat", () => {
    const sender = new Sender().send(realtime.start).clocks(96, 120).clocks(13, 150);
    expect(sender.tempo?.bpm).toBeCloseTo(150, 0);
  });

  it("goes on from a song position after Continue, and stands while stopped", () => {
    const sender = new Sender().send(realtime.start).clocks(48, 120).send(realtime.stop);
    expect(sender.tempo).toBeUndefined();
    sender.clocks(24, 120).send(...songPosition(32)).send(realtime.continue).clocks(24, 120);
    const beat = sender.tempo === undefined ? Number.NaN : beatAt(sender.tempo, sender.us);
    expect(beat).toBeCloseTo(9, 3);
  });

  it("does not claim to know the bar of a song that began earlier", () => {
    const sender = new Sender().clocks(48, 120);
    expect(sender.tempo?.bpm).toBeCloseTo(120, 3);
    expect(sender.tempo?.quantum).toBeUndefined();
  });

  it("ends half a second after the last clock, and begins anew", () => {
    const sender = new Sender().send(realtime.start).clocks(48, 120);
    sender.us += 600_000;
    expect(sender.tempo).toBeUndefined();
    sender.clocks(24, 90);
    expect(sender.tempo?.bpm).toBeCloseTo(90, 3);
  });

  it("offers no tempo for clocks that arrive all at once, or without an end", () => {
    const sender = new Sender();
    for (let n = 0; n < 10_000; n += 1) sender.send(realtime.clock);
    expect(sender.tempo).toBeUndefined();
    expect(sender.state.clocks.length).toBeLessThanOrEqual(48);
  });

  it("ignores everything else", () => {
    const sender = new Sender().send(realtime.start).clocks(48, 120);
    const { tempo } = sender;
    sender.send(0x90, 60, 127).send(0xfe).send().send(0xf0, 1, 2, 3);
    expect(sender.tempo).toEqual(tempo);
  });
});
