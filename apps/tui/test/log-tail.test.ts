import { appendFileSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { tempDir, waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { followLogs, parseLog, sourceOf } from "../src/rig/log-tail.ts";
import type { LogEntry } from "../src/rig/rig-state.ts";
import { noon } from "./rig-fixture.ts";

const logged = (message: string, time = "2026-06-01T12:00:01.000Z") => `${JSON.stringify({ time, level: "warn", source: "hello", message })}\n`;

describe("log files", () => {
  it("belong to the process that their name says", () => {
    expect(["hello.log", "hello.out.log", "hello.log.1", "Hello.log", "hello", "..log"].map(sourceOf)).toEqual([
      "hello", "hello", undefined, undefined, undefined, undefined,
    ]);
  });

  it("hold lines of loggers, and whatever was printed, at the time of the line before", () => {
    expect(parseLog(`Segmentation fault\n${logged("a")}  at main.js\n\n{"half":`, "hello", noon)).toEqual([
      { at: noon, level: "info", source: "hello", text: "Segmentation fault", printed: true },
      { at: noon + 1000, level: "warn", source: "hello", text: "a" },
      { at: noon + 1000, level: "info", source: "hello", text: "  at main.js", printed: true },
      { at: noon + 1000, level: "info", source: "hello", text: '{"half":', printed: true },
    ]);
  });

  it("are followed: what is there, what is added, new files, and files that begin anew", async () => {
    await using dir = tempDir();
    const entries: LogEntry[] = [];
    const problems: string[] = [];
    const texts = (): string[] => entries.map(({ text }) => text);
    const stop = followLogs({ busDir: dir.path, onEntries: (more) => entries.push(...more), onProblem: (problem) => problems.push(problem) });
    try {
      const file = dir.join("logs", "hello.log");
      mkdirSync(dir.join("logs"));
      writeFileSync(file, logged("first"));
      await waitFor("the first line", () => texts().includes("first"));
      appendFileSync(file, logged("second"));
      appendFileSync(file, '{"time":"2026-06-01T12:00:02.000Z","level":"info",');
      await waitFor("the second line", () => texts().includes("second"));
      appendFileSync(file, '"source":"hello","message":"third"}\n');
      await waitFor("a line written in two parts", () => texts().includes("third"));
      renameSync(file, `${file}.1`);
      writeFileSync(file, logged("anew").repeat(20));
      await waitFor("the new file", () => texts().includes("anew"));
      writeFileSync(dir.join("logs", "other.out.log"), "printed\n");
      await waitFor("another file", () => texts().includes("printed"));
      expect(texts()).toEqual(["first", "second", "third", ...Array.from({ length: 20 }, () => "anew"), "printed"]);
      expect(problems).toEqual([]);
    } finally {
      stop();
    }
  });

  it("that are long already are read from near their end, in whole lines", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("logs"));
    writeFileSync(dir.join("logs", "hello.log"), Array.from({ length: 2000 }, (_, index) => logged(`line ${index}`)).join(""));
    const entries: LogEntry[] = [];
    const stop = followLogs({ busDir: dir.path, onEntries: (more) => entries.push(...more), onProblem: () => {} });
    try {
      await waitFor("the lines", () => entries.length > 0);
      expect(entries.length).toBeLessThan(400);
      expect(entries.every(({ text }) => /^line \d+$/.test(text))).toBe(true);
      expect(entries.at(-1)?.text).toBe("line 1999");
    } finally {
      stop();
    }
  });

  it("that cannot be read are told of once", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("logs"), "");
    const problems: string[] = [];
    const stop = followLogs({ busDir: dir.path, onEntries: () => {}, onProblem: (problem) => problems.push(problem) });
    try {
      await waitFor("the problem", () => problems.length > 0);
      expect(problems).toEqual([expect.stringContaining("cannot read the logs in")]);
    } finally {
      stop();
    }
  });
});
