import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AudioSource, SamplesListener, SourceKind, SourceStatus } from "../src/capture/audio-source.ts";
import type { Choice } from "../src/capture/choose-source.ts";
import { createSourceControl } from "../src/source-control.ts";

/** A source controlled by a test, with a record of its calls. */
interface HandSource extends AudioSource {
  events: string[];
  now: SourceStatus;
  /** Delivers this many seconds. */
  deliver(seconds?: number): void;
}

function handSource(name: string, kind: SourceKind = "file"): HandSource {
  let listener: SamplesListener = () => {};
  return {
    kind,
    name,
    events: [],
    now: { phase: "opening", problem: "" },
    start(onSamples) {
      this.events.push("start");
      listener = onSamples;
    },
    async stop() {
      this.events.push("stop");
    },
    status() {
      return this.now;
    },
    deliver(seconds = 0.01) {
      this.now = { phase: "open", problem: "" };
      listener(new Float32Array(Math.round(seconds * 44_100)), 1, 44_100);
    },
  };
}

/** A control whose choices are made by a test. */
function controlOf(...sources: (HandSource | { source: HandSource; chosenBy: Choice["chosenBy"] })[]) {
  const received: number[] = [];
  const played: string[] = [];
  const found = sources.map((entry): Choice => ("source" in entry ? { ...entry, note: "" } : { source: entry, chosenBy: "exact", note: "" }));
  const control = createSourceControl({
    onSamples: (samples) => received.push(samples.length),
    onChoice: ({ source }) => played.push(source.name),
    choose: async () => {
      const next = found.shift();
      if (next === undefined) throw new Error("nothing left to choose");
      return next;
    },
  });
  return {
    control,
    received,
    played,
    async open(kind: "auto" | "none" = "none") {
      control.open({ kind });
      await vi.advanceTimersByTimeAsync(1);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("source control", () => {
  it("plays the first source at once, and on until the next one delivers", async () => {
    const [a, b] = [handSource("a"), handSource("b")];
    const { control, received, played, open } = controlOf(a, b);
    await open();
    a.deliver();
    await open();
    expect([control.choice?.source.name, control.waiting?.source.name]).toEqual(["a", "b"]);
    a.deliver();
    expect(received).toHaveLength(2);
    b.deliver();
    a.deliver();
    expect(received).toHaveLength(3);
    expect([played, control.waiting]).toEqual([["a", "b"], undefined]);
    await control.close();
    expect([a.events, b.events]).toEqual([["start", "stop"], ["start", "stop"]]);
  });

  it("plays on when the source that plays is chosen again, in another way", async () => {
    const [found, named] = [handSource("a"), handSource("a")];
    const { control, received, played, open } = controlOf({ source: found, chosenBy: "fallback" }, named);
    await open();
    found.deliver();
    await open();
    expect(control.choice?.chosenBy).toBe("exact");
    found.deliver();
    expect([received.length, played, named.events]).toEqual([2, ["a", "a"], []]);
    await control.close();
    expect(found.events).toEqual(["start", "stop"]);
  });

  it("does not let a program take over that prints a little and ends", async () => {
    const [a, b] = [handSource("a"), handSource("echo", "command")];
    const { control, open } = controlOf(a, b);
    await open();
    a.deliver();
    await open();
    b.deliver(0.05);
    expect(control.choice?.source.name).toBe("a");
    b.deliver(0.2);
    expect(control.choice?.source.name).toBe("echo");
    await control.close();
  });

  it("keeps only the last of several requested sources", async () => {
    const sources = ["a", "b", "c"].map((name) => handSource(name));
    const { control, open } = controlOf(...sources);
    await open();
    sources[0]?.deliver();
    await open();
    await open();
    expect(sources[1]?.events).toEqual(["start", "stop"]);
    sources[2]?.deliver();
    await control.close();
    expect(sources.map(({ events }) => events.join())).toEqual(["start,stop", "start,stop", "start,stop"]);
  });

  it("replaces a lost source by the waiting one, but not during a short break", async () => {
    const [a, b] = [handSource("a"), handSource("b")];
    const { control, open } = controlOf(a, b);
    await open();
    a.deliver();
    await open();
    a.now = { phase: "lost", problem: "gone" };
    control.look(0);
    control.look(2900);
    expect(control.choice?.source.name).toBe("a");
    control.look(3100);
    expect([control.choice?.source.name, control.waiting]).toEqual(["b", undefined]);
    await control.close();
  });

  it("does not open a source that was chosen after it was closed", async () => {
    const late = handSource("late");
    const { control } = controlOf(late);
    control.open({ kind: "none" });
    await control.close();
    await vi.advanceTimersByTimeAsync(1);
    expect(late.events).toEqual([]);
    expect(control.choice).toBeUndefined();
  });

  it("plays on when nothing can be chosen", async () => {
    const a = handSource("a");
    const { control, open } = controlOf(a);
    await open();
    a.deliver();
    await open();
    expect(control.choice?.source.kind).toBe("none");
    expect(control.choice?.note).toBe("nothing left to choose");
    await control.close();
  });

  it("bridges a lost device of auto with the demo signal, and uses it again when it delivers", async () => {
    const device = handSource("cable", "device");
    const { control, played, open } = controlOf({ source: device, chosenBy: "pattern" });
    await open("auto");
    device.deliver();
    device.now = { phase: "lost", problem: "gone" };
    control.look(0);
    control.look(3100);
    expect(control.choice?.note).toBe("cable is gone; it plays again when it is back");
    expect(control.waiting?.source.name).toBe("cable");
    device.deliver();
    expect(played).toEqual(["cable", "demo signal", "cable"]);
    expect(device.events).toEqual(["start"]);
    await control.close();
  });

  it("leaves the demo signal for a device as soon as there is one, and plays it on until then", async () => {
    const demo = { source: handSource("demo", "demo"), chosenBy: "fallback" } as const;
    const device = handSource("device", "device");
    const { control, played, open } = controlOf(demo, { ...demo }, { source: device, chosenBy: "pattern" });
    await open("auto");
    demo.source.deliver();
    await vi.advanceTimersByTimeAsync(16_000);
    expect(played).toEqual(["demo"]);
    await vi.advanceTimersByTimeAsync(15_000);
    device.deliver();
    expect(played).toEqual(["demo", "device"]);
    await control.close();
    expect(demo.source.events).toEqual(["start", "stop"]);
  });
});
