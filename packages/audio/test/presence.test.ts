import { describe, expect, it } from "vitest";
import { createPresence } from "../src/rhythm/trust/presence.ts";
import { createSalience } from "../src/rhythm/trust/salience.ts";

const bandCount = 4;
const music = { height: 0.6, onBeat: 1, colour: [2, 2, 1, 1] };

/** Plays sounds whose bands rise with each beat of half a second, while the filter's hypothesis has this probability. @returns the share of the time in which beats go out */
function createPlayer({ mass = 0.99, bass = 0.1 } = {}) {
  const salience = createSalience();
  const presence = createPresence(salience, bandCount);
  return (sound: typeof music, seconds: number): number => {
    let steps = 0;
    for (let frame = 0; frame < seconds * 100; frame += 1) {
      const peak = frame % 50 < 3;
      const activation = peak ? sound.height : 0.01;
      presence.listen({ values: Float64Array.from(sound.colour, (level, b) => level + (peak ? 0.5 : 0) + 0.25 * ((frame + b) % 3)), peak: 1, power: { low: bass, high: 0.1, all: 1 } });
      if (frame % 2 === 0) presence.begin(false);
      salience.push(activation);
      presence.push(activation, { onBeat: peak ? sound.onBeat : 0, onHalf: 0, mass });
      if (frame % 2 === 0) continue;
      presence.judge(mass, 0.02);
      if (presence.here) steps += 1;
    }
    return (steps * 0.02) / seconds;
  };
}

describe("presence", () => {
  it("has beats again four seconds after the music became low peaks on the beat in other bands, for a minute; off the beat it has none", () => {
    for (const [onBeat, here] of [
      [0.9, 1],
      [0.1, 0],
    ] as const) {
      const play = createPlayer();
      play(music, 12);
      expect(play(music, 4)).toBeCloseTo(1);
      const low = { height: 0.2, onBeat, colour: [0, 1, 2, 2] };
      play(low, 4);
      expect(play(low, 60)).toBeCloseTo(here);
    }
  });

  it("has beats where low peaks with bass keep the filter where it is for six seconds; not without bass, and not where it is less sure", () => {
    const weak = { height: 0.24, onBeat: 0.1, colour: [2, 2, 1, 1] };
    for (const [known, here] of [
      [{}, 1],
      [{ bass: 0.02 }, 0],
      [{ mass: 0.9 }, 0],
    ] as const) {
      const play = createPlayer(known);
      expect(play(weak, 5)).toBe(0);
      play(weak, 5);
      expect(play(weak, 20)).toBeCloseTo(here);
    }
  });
});
