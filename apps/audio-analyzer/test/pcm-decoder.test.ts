import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { createPcmDecoder } from "../src/capture/pcm-decoder.ts";

const samples = Float32Array.from([0, 0.5, -0.25, 1, -1, 0.125, 0.75, -0.5]);
const pcm = Buffer.from(samples.buffer);

/** Pushes bytes cut at the given places; returns the output. */
function decode(bytes: Buffer, cuts: readonly number[], header: boolean) {
  const lines: string[] = [];
  const out: number[] = [];
  const decoder = createPcmDecoder({
    channels: 2,
    ...(header ? { onHeader: (line: string) => lines.push(line) } : {}),
    onSamples: (interleaved) => {
      expect(interleaved.length % 2).toBe(0);
      out.push(...interleaved);
    },
  });
  const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  places.slice(1).forEach((to, index) => decoder.push(bytes.subarray(places[index], to)));
  return { lines, out };
}

describe("pcm decoder", () => {
  it("reads the same samples wherever the bytes are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(pcm.length)), (cuts) => {
        expect(decode(pcm, cuts, false)).toEqual({ lines: [], out: [...samples] });
      }),
    );
  });

  it("reads a header line before the samples, wherever the bytes are cut", () => {
    const bytes = Buffer.concat([Buffer.from("{\"name\":\"ü\"}\n"), pcm]);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        expect(decode(bytes, cuts, true)).toEqual({ lines: ['{"name":"ü"}'], out: [...samples] });
      }),
    );
  });

  it("takes chunks larger than its buffer", () => {
    const many = Float32Array.from({ length: 100_000 }, (_, i) => i / 100_000);
    expect(decode(Buffer.from(many.buffer), [3], false).out).toEqual([...many]);
  });

  it("gives up on a header that does not end", () => {
    const decoder = createPcmDecoder({ channels: 2, onHeader: () => {}, onSamples: () => {} });
    decoder.push(Buffer.alloc(4000, "x"));
    expect(() => decoder.push(Buffer.alloc(4000, "x"))).toThrow(RangeError);
  });
});
