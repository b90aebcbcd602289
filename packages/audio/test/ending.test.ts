import { describe, expect, it } from "vitest";
import { createEnding } from "../src/rhythm/trust/ending.ts";

const bandCount = 4;
const music = { height: 0.9, onBeat: 1, colour: [2, 2, 1, 1], jitter: 0.2 };

/** Frames with a peak every half second, on the expected beat or off it, in bands that flicker. */
function push(ending: ReturnType<typeof createEnding>, sound: typeof music & { onHalf?: number }, seconds: number): void {
  for (let frame = 0; frame < seconds * 100; frame += 1) {
    ending.listen(Float64Array.from(sound.colour, (level, b) => level + sound.jitter * ((frame + b) % 3)), 1);
    const peak = frame % 50 < 3;
    ending.push(peak ? sound.height : 0.01, peak ? sound.onBeat : 0, { onHalf: peak ? (sound.onHalf ?? 0) : 0, isMusic: true, attacks: true });
  }
}

function afterMusic(): ReturnType<typeof createEnding> {
  const ending = createEnding(bandCount);
  push(ending, music, 1);
  ending.begin();
  push(ending, music, 12);
  expect(ending.ended).toBe(false);
  return ending;
}

describe("ending", () => {
  it("is found within three seconds where low peaks off the beat and another colour follow", () => {
    const ending = afterMusic();
    push(ending, { height: 0.25, onBeat: 0.1, colour: [0, 1, 2, 2], jitter: 0.25 }, 3);
    expect(ending.ended).toBe(true);
  });

  it("is not found where all but a chord of the music is gone, but where another chord is as loud as the music was", () => {
    const left = afterMusic();
    push(left, { height: 0.2, onBeat: 0.3, colour: [0.3, 2, 1, 0.3], jitter: 0.01 }, 20);
    expect(left.ended).toBe(false);
    const other = afterMusic();
    push(other, { height: 0.12, onBeat: 0.1, colour: [0, 1, 4, 4], jitter: 0.01 }, 4);
    expect(other.ended).toBe(true);
  });

  it("is not found in a quieter part that keeps the beat, nor in another part with peaks as high", () => {
    const ending = afterMusic();
    push(ending, { height: 0.5, onBeat: 1, colour: [2, 2, 1, 1], jitter: 0.2 }, 10);
    push(ending, { height: 0.9, onBeat: 0.2, colour: [0, 1, 2, 2], jitter: 0.3 }, 10);
    expect(ending.ended).toBe(false);
  });

  it("does not take a beat that goes on below: the same low peaks keep it on the beat, on the half beat where that may stand for it, and not elsewhere", () => {
    const pluck = { height: 0.2, colour: [0, 1, 2, 2], jitter: 0.25 };
    const goesOn = afterMusic();
    push(goesOn, { ...pluck, onBeat: 0.9 }, 10);
    expect(goesOn.kept).toBe(true);
    const onHalves = afterMusic();
    push(onHalves, { ...pluck, onBeat: 0, onHalf: 0.9 }, 10);
    expect(onHalves.kept).toBe(true);
    const other = afterMusic();
    push(other, { ...pluck, onBeat: 0.1 }, 10);
    expect(other.kept).toBe(false);
    expect(other.ended).toBe(true);
  });

  it("is taken back when the music comes back, and forgotten when other music begins", () => {
    const speech = { height: 0.25, onBeat: 0.1, colour: [0, 1, 2, 2], jitter: 0.25 };
    const ending = afterMusic();
    push(ending, speech, 6);
    push(ending, music, 1.5);
    expect(ending.ended).toBe(false);
    push(ending, speech, 6);
    ending.begin();
    push(ending, speech, 6);
    expect(ending.ended).toBe(false);
  });
});
