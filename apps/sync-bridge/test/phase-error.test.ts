import { expect, it } from "vitest";
import { PhaseError } from "../src/phase-error.ts";

const rig = { bpm: 120, beat: 8, atUs: 0, metre: 4, barKnown: true, barBeats: 8, by: 1, live: true } as const;
const program = (ms: number): { bpm: number; beat: number; atUs: number } => ({ bpm: 120, beat: 3, atUs: -ms * 1000 });

it("is the median of ten seconds, with its deviation, and forgotten without a tempo", () => {
  const error = new PhaseError(250);
  expect(error.state()).toEqual({ phase_error_ms: null, jitter_ms: null });
  for (let n = 0; n < 100; n += 1) error.measure(rig, program(n < 60 ? 200 : n % 2 === 0 ? 4 : 8), n * 250_000);
  expect(error.state()).toEqual({ phase_error_ms: 8, jitter_ms: 2 });
  error.measure(rig, undefined, 0);
  expect(error.ms).toBeNull();
  error.measure(rig, program(1), 0);
  error.measure({ ...rig, live: false }, program(1), 0);
  expect(error.ms).toBeNull();
});

it("begins anew when the rig goes by another source, whose beats are elsewhere", () => {
  const error = new PhaseError(50);
  for (let n = 0; n < 100; n += 1) error.measure(rig, program(200), n * 50_000);
  error.measure({ ...rig, by: 3 }, program(1), 5_000_000);
  expect(error.ms).toBe(1);
});

it("says where the beats are, unless the tempo is another one", () => {
  const error = new PhaseError(50);
  expect(error.describe(120, rig, false)).toBe("120.00 BPM");
  error.measure(rig, program(-1.5), 0);
  expect(error.describe(120, rig, true)).toBe("120.00 BPM, 1.5 ms after the rig's beats, followed");
  expect(error.describe(121, rig, false)).toBe("121.00 BPM, the rig 120.00 BPM");
  const exact = new PhaseError(50);
  exact.measure(rig, program(0), 0);
  expect(exact.describe(120, rig, false)).toBe("120.00 BPM, on the rig's beats");
});
