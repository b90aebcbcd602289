import { describe, expect, it } from "vitest";
import { twoClicks, wav } from "../src/wav.ts";

describe("wav", () => {
  it("describes its contents in its header", () => {
    const file = wav(Float32Array.of(0, 0.5, -1, 2), { sampleRate: 48_000, channels: 2 });
    expect(file.toString("latin1", 0, 4) + file.toString("latin1", 8, 16)).toBe("RIFFWAVEfmt ");
    expect([20, 22, 32, 34].map((at) => file.readUInt16LE(at))).toEqual([1, 2, 4, 16]);
    expect([4, 24, 28, 40].map((at) => file.readUInt32LE(at))).toEqual([44, 48_000, 192_000, 8]);
    expect([44, 46, 48, 50].map((at) => file.readInt16LE(at))).toEqual([0, 16_384, -32_767, 32_767]);
  });

  it("writes floats as they are", () => {
    const file = wav(Float32Array.of(0.25, 3), { encoding: "float32" });
    expect([20, 22, 34].map((at) => file.readUInt16LE(at))).toEqual([3, 1, 32]);
    expect([44, 48].map((at) => file.readFloatLE(at))).toEqual([0.25, 3]);
  });

  it("has two clicks", () => {
    expect([0, 3999, 4000].map((i) => twoClicks().readInt16LE(44 + 2 * i) > 0)).toEqual([true, false, true]);
  });
});
