import { audioOsc } from "@vj/schema";
import { check } from "@vj/telemetry";
import { fc } from "@vj/test-kit/properties";
import { expect, it } from "vitest";
import { createSynesthesiaInput } from "../src/capture/synesthesia-input.ts";

/** Messages of one moment, by address. */
function moment(input: ReturnType<typeof createSynesthesiaInput>, values: Record<string, unknown>, now: number): Record<string, unknown> {
  for (const [address, value] of Object.entries(values)) {
    expect(input.knows(address)).toBe(true);
    input.take(address, value);
  }
  return Object.fromEntries(input.frame(now).map(({ address, args }) => [address, args]));
}

it("gives the bands of Synesthesia the places of ours, and makes beats, phase and silence of the rest", () => {
  const input = createSynesthesiaInput();
  expect(moment(input, { "/audio/level/bass": 0.5, "/audio/level/high": 0.25, "/audio/level/all": 0.4, "/audio/hits/bass": 1, "/audio/presence/mid": 0.3 }, 0)).toEqual({
    "/audio/levels": { sub_bass: 0.5, bass: 0.5, low_mid: 0, mid: 0, high_mid: 0, presence: 0.25, air: 0.25, rms: 0.4 },
    "/audio/energy": { fast: 0.4, slow: 0 },
    "/audio/silence": { silent: 0 },
    "/audio/onset": { kick: 1, snare: 0, hat: 0 },
    "/audio/smooth": { bass: 0, mid: 0.3, high: 0 },
  });
  const first = moment(input, { "/audio/bpm/bpm": 120, "/audio/bpm/bpmconfidence": 0.9, "/audio/beat/onbeat": 1 }, 1000);
  expect(first).toMatchObject({ "/audio/beat": { beat: 1 }, "/audio/phase": { beat_phase: 0, beat_in_bar: 1 }, "/audio/bpm": { tempo: 120, confidence: 0.9 }, "/audio/tempo": { tempo: 120, beats: 0, phase: 0, tempo_by: 1 } });
  expect(moment(input, { "/audio/beat/onbeat": 1 }, 1016)).toMatchObject({ "/audio/beat": { beat: 0 } });
  expect(moment(input, { "/audio/beat/onbeat": 0 }, 1250)).toMatchObject({ "/audio/phase": { beat_phase: 0.5, bar_phase: 0.125 }, "/audio/osc": { saw_1: 0.5 }, "/audio/tempo": { tempo: 120, beats: 0, phase: 0.5 } });
  expect(moment(input, { "/audio/beat/onbeat": true }, 1500)).toMatchObject({ "/audio/beat": { beat: 1 }, "/audio/phase": { beat_in_bar: 2 }, "/audio/tempo": { beats: 1, phase: 0 } });
  expect(moment(input, { "/audio/level/all": 0.2 }, 2000)["/audio/silence"]).toBeUndefined();
  expect(moment(input, { "/audio/level/all": 0 }, 2900)["/audio/silence"]).toBeUndefined();
  expect(moment(input, { "/audio/level/all": 0 }, 3000)["/audio/silence"]).toEqual({ silent: 1 });
  expect(input.frame(3001)).toEqual([]);
});

it("has an exact tempo without beats, too, none for a tempo that makes no sense, and more than the 180 that /audio/bpm can say", () => {
  const input = createSynesthesiaInput();
  expect(moment(input, { "/audio/bpm/bpm": 5 }, 0)).toEqual({ "/audio/tempo": { tempo: 0, beats: 0, phase: 0, tempo_by: 0 }, "/audio/bpm": { tempo: 0, confidence: 0 } });
  expect(moment(input, { "/audio/bpm/bpm": 190 }, 2000)).toEqual({ "/audio/tempo": { tempo: 190, beats: 0, phase: 0, tempo_by: 1 }, "/audio/bpm": { tempo: 180, confidence: 0 } });
});

it("leaves addresses of others alone, and makes messages that fit our table out of any numbers", () => {
  expect(createSynesthesiaInput().knows("/audio/time/bass")).toBe(false);
  const address = fc.constantFrom("/audio/level/all", "/audio/hits/BASS", "/audio/presence/high", "/audio/bpm/bpm", "/audio/bpm/bpmconfidence", "/audio/beat/onbeat", "/audio/energy/intensity");
  fc.assert(
    fc.property(fc.array(fc.tuple(address, fc.oneof(fc.double(), fc.integer(), fc.string(), fc.boolean()), fc.integer({ min: 0, max: 700 })), { maxLength: 60 }), (stream) => {
      const input = createSynesthesiaInput();
      let now = 0;
      for (const [name, value, after] of stream) {
        now += after;
        input.take(name, value);
        for (const message of input.frame(now)) expect(check(message.address, audioOsc[message.address], message.args)).toMatchObject({ ok: true, message: { values: Object.values(message.args) } });
      }
    }),
  );
});
