import { describe, expect, it } from "vitest";
import type { AudioSource, SourceKind, SourceStatus } from "../src/capture/audio-source.ts";
import { createSourceWatch } from "../src/source-watch.ts";

/** A source whose status is set by a test. */
function source(kind: SourceKind): AudioSource & { now: SourceStatus } {
  return {
    kind,
    name: "x",
    now: { phase: "open", problem: "" },
    start() {},
    stop: async () => {},
    status() {
      return this.now;
    },
  };
}

describe("source watch", () => {
  it("reports each change of the verdict once, and counts losses", () => {
    const watch = createSourceWatch("linux");
    const device = source("device");
    watch.opened(device, 0);
    expect(watch.look(1)).toBeUndefined();
    watch.samples(-0.5, 0.5, false, 2);
    expect(watch.look(3)).toEqual({ level: "info", text: "sound from x" });
    expect(watch.look(4)).toBeUndefined();
    device.now = { phase: "lost", problem: "it stopped delivering" };
    expect(watch.look(5)).toEqual({ level: "warn", text: expect.stringMatching(/^x: device_gone: it stopped delivering; /) });
    expect(watch.look(6)).toBeUndefined();
    expect(watch.losses).toBe(1);
    device.now = { phase: "open", problem: "" };
    watch.samples(-0.5, 0.5, false, 7);
    expect(watch.look(8)?.level).toBe("info");
    expect(watch.state(2008)).toEqual({ verdict: "ok", hint: "", verdict_sec: 2 });
    expect(watch.hadSound(1006)).toBe(true);
    expect(watch.hadSound(1007)).toBe(false);
  });

  it("reports that the channels of a recording cancel, and the next step", () => {
    const watch = createSourceWatch("linux");
    const file = source("file");
    watch.opened(file, 0);
    file.now = { phase: "open", problem: "", cancelling: true };
    watch.samples(-0.5, 0.5, false, 1);
    expect(watch.look(2)).toEqual({ level: "warn", text: expect.stringMatching(/^x: channels_cancel: the channels cancel each other/) });
    watch.samples(0, 0, false, 4000);
    expect(watch.state(4000).verdict).toBe("exact_zeros");
  });

  it("logs further senders to its port when they begin, once a minute at most, and names them as long as they send", () => {
    const watch = createSourceWatch("linux");
    const port = source("osc");
    const senders = (...ignored: string[]): SourceStatus => ({ phase: "open", problem: "", senders: { followed: "127.0.0.1:1", ignored } });
    watch.opened(port, 0);
    port.now = senders();
    watch.samples(-0.5, 0.5, false, 1);
    expect(watch.look(2)?.level).toBe("info");
    port.now = senders("127.0.0.1:2", "127.0.0.1:3");
    expect(watch.look(3)).toEqual({ level: "warn", text: expect.stringMatching(/^x: 127\.0\.0\.1:2 and 1 more sent there too and are ignored while 127\.0\.0\.1:1 sends; let each/) });
    expect(watch.look(4)).toBeUndefined();
    expect(watch.state(5)).toMatchObject({ verdict: "ok", remark: expect.stringContaining("ignored") });
    port.now = senders();
    expect(watch.look(6)).toBeUndefined();
    expect(watch.state(6)).not.toHaveProperty("remark");
    port.now = senders("127.0.0.1:4");
    expect(watch.look(7)).toBeUndefined();
  });

  it("does not count a pause of this process against the source", () => {
    const watch = createSourceWatch("linux");
    watch.opened(source("device"), 0);
    watch.samples(-0.5, 0.5, false, 1);
    watch.look(2);
    expect(watch.look(60_000)).toBeUndefined();
    watch.samples(-0.5, 0.5, false, 60_100);
    expect(watch.look(60_200)).toBeUndefined();
    for (let now = 60_300; now < 63_100; now += 100) expect(watch.look(now)).toBeUndefined();
    expect(watch.look(63_200)?.text).toMatch(/no_callbacks/);
  });

  it("is starting, with the current activity, while no source is open", () => {
    const watch = createSourceWatch("linux");
    expect(watch.state(10_000)).toEqual({ verdict: "starting", hint: "looking for a sound device", verdict_sec: 10 });
    watch.opened(source("device"), 10_000);
    watch.closed();
    expect(watch.look(20_000)).toBeUndefined();
    expect(watch.state(20_000).verdict).toBe("starting");
  });

  it("reports nothing without a source", () => {
    const watch = createSourceWatch("linux");
    watch.opened(source("none"), 0);
    for (let now = 0; now < 10_000; now += 100) expect(watch.look(now)?.level).not.toBe("warn");
    expect(watch.state(60_000)).toEqual({ verdict: "ok", hint: "", verdict_sec: 60 });
  });
});
