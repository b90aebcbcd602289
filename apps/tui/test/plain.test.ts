import { PassThrough } from "node:stream";
import { waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { changedLines, standing } from "../src/plain-lines.ts";
import { emptyRig } from "../src/rig/rig-state.ts";
import { runPlain } from "../src/run-plain.ts";
import { emptyTelemetry } from "../src/telemetry/snapshot.ts";
import { TestBus } from "./bus.ts";
import { managedWorker, manager, noon, rigAfter, running, show } from "./rig-fixture.ts";

describe("plain lines", () => {
  const empty = standing(emptyRig, emptyTelemetry, noon);
  const full = standing(show.rig, show.telemetry, noon);

  it("report the whole state at first", () => {
    expect(changedLines(new Map(), empty)).toEqual(["process_manager not running"]);
    expect(changedLines(new Map(), full)).toEqual([
      "process_manager running (pid 4711)",
      "audio_analyzer running (pid 4711)",
      expect.stringMatching(/^lyrics_fetcher failed: since [\d:]+; next try in 43 s; restarted too often: exit code 1$/),
      "osc_debugger stopped: switched off",
      "spotify_monitor running (pid 4711): no credentials",
      "virtualdj_monitor backoff: restart 3 after: exit code 1",
      "audio demo signal ok",
      "track Sample Band – Paper Lanterns (spotify)",
    ]);
  });

  it("report only changes: no countdown, no transitional state", () => {
    expect(changedLines(full, standing(show.rig, show.telemetry, noon + 1000))).toEqual([]);
    expect(changedLines(empty, standing(rigAfter([{ type: "appeared", name: "hello" }]), emptyTelemetry, noon))).toEqual([]);
    expect(changedLines(standing(rigAfter(running("hello")), emptyTelemetry, noon), empty)).toEqual(["hello gone"]);
  });

  it("report nothing between starting and running", () => {
    const starting = standing(rigAfter(manager({ hello: managedWorker({ state: "starting", running: false }) })), emptyTelemetry, noon);
    expect(changedLines(empty, starting)).toContain("hello starting");
    const connecting = standing(rigAfter([{ type: "appeared", name: "hello" }]), emptyTelemetry, noon, { before: starting });
    expect(changedLines(starting, connecting)).not.toContain("hello gone");
    const there = standing(rigAfter(running("hello")), emptyTelemetry, noon, { before: connecting });
    expect(changedLines(connecting, there)).toContain("hello running (pid 4711)");
  });

  it("report workers that a person stopped, and that nothing is running", () => {
    const off = managedWorker({ state: "stopped", running: false, stopped_by_request: true, pid: null });
    const idle = standing(rigAfter(manager({ hello: off })), emptyTelemetry, noon);
    expect(changedLines(empty, idle)).toEqual([
      "process_manager running (pid 4711)",
      "hello stopped by you",
      "rig nothing is running; vj up --all also starts workers that you stopped",
    ]);
    const again = standing(rigAfter([...running("hello"), ...manager({ hello: managedWorker({}) })]), emptyTelemetry, noon);
    expect(changedLines(idle, again)).toEqual(["hello running (pid 4711)", "rig running again"]);
  });
});

describe("plain mode", () => {
  it("prints one line per change, and ends on request", async () => {
    await using bus = new TestBus();
    const output = new PassThrough();
    let printed = "";
    output.setEncoding("utf8").on("data", (text: string) => (printed += text));
    const end = new AbortController();
    const ended = runPlain({ busDir: bus.busDir, output, signal: end.signal });
    await waitFor("the first line", () => /^[\d:]{8} process_manager not running$/m.test(printed));
    const worker = bus.startHello();
    await waitFor("the worker", () => /^[\d:]{8} hello running \(pid \d+\)$/m.test(printed));
    await worker.kill("SIGKILL");
    await waitFor("its end", () => /^[\d:]{8} hello gone: /m.test(printed));
    end.abort();
    await ended;
  });

  it("ends quietly when its output is closed", async () => {
    await using bus = new TestBus();
    const output = new PassThrough();
    const ended = runPlain({ busDir: bus.busDir, output });
    output.destroy(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    await expect(ended).resolves.toBeUndefined();
  });

  it("reports any other fault of its output", async () => {
    await using bus = new TestBus();
    const output = new PassThrough();
    const ended = runPlain({ busDir: bus.busDir, output });
    output.destroy(new Error("disk full"));
    await expect(ended).rejects.toThrow("disk full");
  });
});
