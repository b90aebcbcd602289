import { describe, expect, it } from "vitest";
import { createMeasuredBeat } from "../src/beat-out/measured-beat.ts";
import { createRecentPeaks } from "../src/rhythm/hand/recent-peaks.ts";

const frame = 0.01;

/** Activations with a peak of this height at each of these times, seconds. */
function peaksAt(times: readonly number[], height = 0.9, until = 3): ReturnType<typeof createRecentPeaks> {
  const peaks = createRecentPeaks(frame);
  for (let k = 0; k * frame < until; k += 1) {
    const far = Math.min(...times.map((time) => Math.abs(k * frame - time)));
    peaks.push(Math.max(0.01, height * (1 - (far / (3 * frame)) ** 2)), k * frame);
  }
  return peaks;
}

describe("when a beat was measured", () => {
  it.each([1, 1.003, 1.0049, 0.996])("is the peak near it, between frames too: %f s", (time) => {
    expect(peaksAt([time]).timeNear(time + 0.02)).toBeCloseTo(time, 4);
  });

  it("is not known without a clear peak, at its edge, and before the peak has passed", () => {
    expect(peaksAt([1], 0.2).timeNear(1)).toBeNaN();
    expect(peaksAt([1]).timeNear(1.07)).toBeNaN();
    expect(peaksAt([1], 0.9, 1.03).timeNear(1)).toBeNaN();
  });

  it("is given 0.15 s after the beat went out, once, or the beat itself where nothing was measured", () => {
    const measured = createMeasuredBeat((time) => (time < 2 ? time - 0.007 : NaN));
    measured.sent(1);
    expect(measured.take(1.14)).toBeNaN();
    expect(measured.take(1.16)).toBeCloseTo(0.993, 6);
    expect(measured.take(1.2)).toBeNaN();
    measured.sent(2);
    expect(measured.take(2.2)).toBe(2);
    measured.sent(3);
    measured.reset();
    expect(measured.take(4)).toBeNaN();
  });
});
