import type { LogEntry } from "@vj/logs";
import { describe, expect, it } from "vitest";
import { textOf } from "../src/text/span.ts";
import { lastLine } from "../src/ui/last-line.ts";
import { managedWorker, manager, noon, rigAfter, running } from "./rig-fixture.ts";
import type { RigEvent } from "./rig-fixture.ts";

const log = (level: LogEntry["level"], source: string, text: string, after = 0): RigEvent => ({
  type: "logs",
  entries: [{ at: noon + after, level, source, text, line: text }],
});
const sick: RigEvent = { type: "state", name: "hello", state: { status: "running", pid: 1, condition: { level: "degraded", text: "no sound" } } };
const well: RigEvent = { type: "state", name: "hello", state: { status: "running", pid: 1, condition: { level: "ok", text: "" } } };
const start: RigEvent[] = [...running("hello"), ...manager({ hello: managedWorker({}) })];

/** The last line this long after noon, the time of all events. */
const lineAfter = (ms: number, ...events: RigEvent[]): string =>
  lastLine({ rig: rigAfter([...start, ...events]), now: noon + ms, width: 200 }, false).map(textOf).join("\n");

describe("the last line", () => {
  const warning = log("warn", "hello", "the sound is gone");

  it("is the warning for as long as its worker is not healthy", () => {
    expect(lineAfter(1000, warning, sick)).toContain("the sound is gone");
    expect(lineAfter(120_000, warning, sick)).toContain("the sound is gone");
    expect(lineAfter(301_000, warning, sick)).toBe("");
  });

  it("ends when the worker is healthy and has logged since, after a moment to read it", () => {
    const back = [warning, sick, log("info", "hello", "the sound is back", 2000), well];
    expect(lineAfter(4000, ...back)).toContain("the sound is gone");
    expect(lineAfter(5000, ...back)).toBe("");
    // Nothing shows that the cause is gone: it may still exist.
    expect(lineAfter(59_000, warning, well)).toContain("the sound is gone");
    expect(lineAfter(60_000, warning, well)).toBe("");
    expect(lineAfter(5000, warning, log("info", "other", "all is well", 2000), well)).toContain("the sound is gone");
    expect(lineAfter(5000, log("info", "hello", "before"), warning, well)).toContain("the sound is gone");
  });

  it("ends when another process has replaced the one that warned", () => {
    const died = log("error", "process_manager", "hello: killed by SIGKILL", -1000);
    expect(lineAfter(5000, died)).toBe("");
    expect(lineAfter(5000, died, { type: "disconnected", name: "hello" })).toContain("killed by SIGKILL");
    expect(lineAfter(5000, died, ...manager({ hello: managedWorker({ state: "failed" }) }))).toContain("killed by SIGKILL");
    expect(lineAfter(5000, died, ...manager({ hello: managedWorker({ state: "stopped", stopped_by_request: true }) }))).toBe("");
    const gone: RigEvent[] = [{ type: "disconnected", name: "hello" }, { type: "vanished", name: "hello" }];
    expect(lineAfter(5000, ...gone, warning, ...manager({ hello: managedWorker({ state: "stopped", running: false, pid: null }) }))).toBe("");
  });

  it("stays while the settings of the worker are broken", () => {
    const broken: RigEvent = { type: "state", name: "hello", state: { status: "running", pid: 1, config_problem: "hello.json cannot be read" } };
    expect(lineAfter(120_000, warning, broken)).toContain("the sound is gone");
  });

  it("is about the manager itself unless it names a worker", () => {
    const own = log("error", "process_manager", "cannot use the package x", -1000);
    expect(lineAfter(5000, own)).toBe("");
    expect(lineAfter(5000, own, ...manager({ hello: managedWorker({}) }, ["cannot use the package x"]))).toContain("cannot use the package x");
  });
});
