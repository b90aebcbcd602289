import { chmodSync, mkdirSync, renameSync, symlinkSync } from "node:fs";
import { waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { mergeByTime, toEntries } from "../src/log-entry.ts";
import { followLogs } from "../src/follow-logs.ts";
import { listLogs, sourceOf } from "../src/log-files.ts";
import { LogSet } from "../src/log-set.ts";
import type { LogSetOptions } from "../src/log-set.ts";
import { readLog } from "../src/read-log.ts";
import { logDir, logged, numbers } from "./log-dir.ts";

const midnight = Date.UTC(2026, 0, 1);

function open(options: LogSetOptions): LogSet {
  const set = new LogSet(options);
  onTestFinished(() => set.close());
  return set;
}

const textsOf = (set: LogSet): string[] => set.look().entries.map(({ text }) => text);
const plain = (...texts: string[]) => texts.map((text) => ({ text: text.trimEnd(), isNote: false }));

describe("entries", () => {
  it("are lines of loggers and other output, at the time of the line before, else after", () => {
    const entries = toEntries(plain("Segmentation fault", logged(1, "a"), "  at main.js", '{"half":'), "w", midnight + 9000);
    expect(entries).toEqual([
      { at: midnight + 1000, level: "info", source: "w", text: "Segmentation fault", line: "Segmentation fault", printed: true },
      { at: midnight + 1000, level: "info", source: "a", text: "a", line: logged(1, "a").trimEnd() },
      { at: midnight + 1000, level: "info", source: "w", text: "  at main.js", line: "  at main.js", printed: true },
      { at: midnight + 1000, level: "info", source: "w", text: '{"half":', line: '{"half":', printed: true },
    ]);
    expect(toEntries(plain("noise"), "w", midnight)).toMatchObject([{ at: midnight }]);
    expect(toEntries([{ text: "skipped 9 bytes", isNote: true }], "w", midnight)).toMatchObject([{ level: "warn", source: "w" }]);
  });

  it("are merged by time; those of one log keep their order, also where its clock was set back", () => {
    const a = toEntries(plain(logged(1, "a1"), "crash", logged(5, "a5"), logged(3, "set back")), "a", 0);
    const b = toEntries(plain(logged(2, "b2"), logged(4, "b4")), "b", 0);
    expect(mergeByTime([a, b]).map(({ text }) => text)).toEqual(["a1", "crash", "b2", "b4", "a5", "set back"]);
  });
});

describe("logs", () => {
  it("are those in use, of the process that their name says", () => {
    const dir = logDir();
    for (const name of ["lamp.log", "lamp.log.1", "lamp.out.log", "build.log", "..log", "Lamp.log"]) dir.write(name, "");
    expect(listLogs({ busDir: dir.busDir })).toEqual(["build.log", "lamp.log"]);
    expect(listLogs({ busDir: dir.busDir, source: "lamp", printed: true })).toEqual(["lamp.log", "lamp.out.log"]);
    expect(listLogs({ busDir: dir.file("none") })).toEqual([]);
    expect(["hello.out.log", "hello.log.1", "hello"].map(sourceOf)).toEqual(["hello", undefined, undefined]);
  });

  it("are read together, including later ones", () => {
    const dir = logDir();
    const set = open({ busDir: dir.busDir, historyBytes: 0 });
    dir.write("b.log", logged(1, "old"));
    expect(textsOf(set)).toEqual([]);
    dir.append("b.log", logged(4, "four"));
    dir.write("a.log", logged(3, "three") + logged(5, "five"));
    expect(textsOf(set)).toEqual(["three", "four", "five"]);
  });

  it("that cannot be read do not hide others, and are named once", () => {
    const dir = logDir();
    mkdirSync(dir.file("b.log"));
    dir.write("a.log", logged(1, "one"));
    const set = open({ busDir: dir.busDir });
    expect(set.look()).toMatchObject({ entries: [{ text: "one" }], faults: [expect.stringMatching(/^cannot read b\.log: .*directory/)] });
    expect(set.look().faults).toEqual([]);
  });

  it("are refused with their directory when others could have put them there", () => {
    const dir = logDir();
    dir.write("a.log", logged(1, "one"));
    chmodSync(dir.busDir, 0o777);
    const set = open({ busDir: dir.busDir });
    expect(set.look()).toMatchObject({ entries: [], faults: [expect.stringMatching(/refusing the bus directory .* open to other users/)] });
    chmodSync(dir.busDir, 0o700);
    renameSync(dir.file("."), `${dir.busDir}/elsewhere`);
    symlinkSync(`${dir.busDir}/elsewhere`, `${dir.busDir}/logs`);
    expect(set.look()).toMatchObject({ entries: [], faults: [expect.stringMatching(/refusing the log directory .* symbolic link/)] });
  });
});

it("logs are followed from the moment that it begins", async () => {
  const dir = logDir();
  dir.write("a.log", logged(1, "old"));
  const found: string[] = [];
  const follower = followLogs(new LogSet({ busDir: dir.busDir, historyBytes: 0 }), {
    onEntries: (entries) => found.push(...entries.map(({ text }) => text)),
    onProblem: (problem) => expect.fail(problem),
    pollMs: 10,
  });
  onTestFinished(() => follower.close());
  dir.append("a.log", logged(2, "new"));
  await waitFor("the line", () => found.length > 0);
  expect(found).toEqual(["new"]);
});

it("logs are followed until the end, a burst without a pause", async () => {
  const dir = logDir();
  const found: string[] = [];
  const problems: string[] = [];
  const follower = followLogs(new LogSet({ busDir: dir.busDir }), {
    onEntries: (entries) => found.push(...entries.map(({ text }) => text)),
    onProblem: (problem) => problems.push(problem),
    pollMs: 10,
  });
  try {
    dir.write("a.log", numbers(1, 20_000).map((n) => logged(n, `${n}`)).join(""));
    await waitFor("the burst", () => found.length === 20_000);
    dir.append("a.log", logged(20_001, "last"));
    await waitFor("the last line", () => found.at(-1) === "last");
    expect(problems).toEqual([]);
  } finally {
    await follower.close();
  }
});

it("one log is read once from a mark, through its rotation, with the incomplete line at its end", () => {
  const dir = logDir();
  expect(readLog(dir.busDir, "a.out.log", { bytes: 100 })).toEqual([]);
  dir.write("a.out.log.1", "of the process before\nError: first\n");
  dir.write("a.out.log", "later\nhalf");
  const lines = readLog(dir.busDir, "a.out.log", { bytes: Infinity }).map(({ text }) => text);
  expect(lines).toEqual(["of the process before", "Error: first", "later", "half"]);
});

it("one log that cannot be read is refused with a code", () => {
  const dir = logDir();
  dir.write("b.log", "");
  symlinkSync(dir.file("b.log"), dir.file("a.log"));
  expect(() => readLog(dir.busDir, "a.log", { bytes: 100 })).toThrow(expect.objectContaining({ name: "LogError", code: "unreadable" }));
});
