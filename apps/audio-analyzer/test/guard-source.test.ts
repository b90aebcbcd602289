import { describe, expect, it, vi } from "vitest";
import { formatProblem } from "../src/capture/audio-source.ts";
import type { AudioSource, SamplesListener } from "../src/capture/audio-source.ts";
import { guardSource } from "../src/capture/guard-source.ts";

/** A source that a test feeds by hand. */
function scripted(onStart = (): void => {}) {
  const seen = { starts: 0, stops: 0, deliver: (() => {}) as SamplesListener };
  const source: AudioSource = {
    kind: "file",
    name: "x",
    start(onSamples) {
      seen.starts += 1;
      seen.deliver = onSamples;
      onStart();
    },
    stop: async () => void (seen.stops += 1),
    status: () => ({ phase: "open", problem: "" }),
  };
  return { seen, source: guardSource(source) };
}

describe("formats", () => {
  it.each([0, -1, 1, 7999, 2_000_001, 4_294_967_295, Number.NaN, Number.POSITIVE_INFINITY])("refuses %d Hz", (rate) => {
    expect(formatProblem(2, rate)).toContain(`${rate} Hz`);
  });

  it.each([0, -1, 1.5, 9, 255, Number.NaN])("refuses %d channels", (channels) => {
    expect(formatProblem(channels, 44_100)).toContain(`${channels} channels`);
  });

  it.each([8000, 44_100, 384_000, 1_411_200])("takes %d Hz", (rate) => {
    expect(formatProblem(1, rate)).toBe("");
  });
});

describe("a guarded source", () => {
  it("reports a format that cannot be analysed in its status, stops, and is tried again", async () => {
    vi.useFakeTimers();
    const { seen, source } = scripted();
    const received: number[] = [];
    source.start((_, __, rate) => received.push(rate));
    seen.deliver(new Float32Array(2), 2, 1);
    seen.deliver(new Float32Array(2), 2, 44_100);
    expect(received).toEqual([]);
    expect(source.status()).toMatchObject({ phase: "lost", problem: expect.stringMatching(/sample rate of 1 Hz is not supported/) });
    await vi.advanceTimersByTimeAsync(5000);
    expect(seen).toMatchObject({ starts: 2, stops: 1 });
    seen.deliver(new Float32Array(2), 2, 44_100);
    expect(received).toEqual([44_100]);
    expect(source.status()).toEqual({ phase: "open", problem: "" });
    vi.useRealTimers();
  });

  it("survives faults at its start and with its samples", async () => {
    const late = scripted();
    late.source.start(() => {
      throw new RangeError("Invalid typed array length");
    });
    late.seen.deliver(new Float32Array(2), 2, 44_100);
    expect(late.source.status().problem).toBe("Invalid typed array length");
    await late.source.stop();
    const early = scripted(() => {
      throw new Error("no such thing");
    });
    early.source.start(() => {});
    expect(early.source.status()).toEqual({ phase: "lost", problem: "no such thing" });
    await early.source.stop();
    expect(early.seen.starts).toBe(1);
  });
});
