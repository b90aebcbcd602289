import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { limits } from "@vj/schema";
import type { LogLevel } from "@vj/schema";
import { tempDir, waitFor } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { LogIntake } from "../src/log-intake.ts";

const line = (seconds: number, source: string, message: string, level: LogLevel = "info"): string =>
  `${JSON.stringify({ time: new Date(seconds * 1000).toISOString(), level, source, message, pid: 1 })}\n`;

function create(withLogs = true, dir: TempDir = tempDir()): { intake: LogIntake; dir: TempDir; problems: string[] } {
  const problems: string[] = [];
  if (withLogs) mkdirSync(dir.join("logs"));
  const intake = new LogIntake({ busDir: dir.path, pollMs: 20, onProblem: (problem) => problems.push(problem) });
  onTestFinished(async () => {
    await intake.close();
    dir.remove();
  });
  return { intake, dir, problems };
}

const messages = (intake: LogIntake, filter = {}): string[] => intake.entries(filter).map(({ message }) => message);

describe("LogIntake", () => {
  it("merges the files by time", async () => {
    const { intake, dir } = create();
    writeFileSync(dir.join("logs", "b.log"), line(1, "b", "first") + line(3, "b", "third"));
    writeFileSync(dir.join("logs", "a.log"), line(2, "a", "second"));
    writeFileSync(dir.join("logs", "a.out.log"), "noise of a native library\n");
    intake.open();
    await waitFor("the lines", () => intake.size > 0);
    expect(messages(intake)).toEqual(["first", "second", "third"]);
  });

  it("filters by level and source", async () => {
    const { intake, dir } = create();
    writeFileSync(dir.join("logs", "a.log"), line(1, "a", "info") + line(2, "a", "warn", "warn") + line(3, "b", "fatal", "fatal"));
    intake.open();
    await waitFor("the lines", () => intake.size > 0);
    expect(messages(intake, { level: "warn" })).toEqual(["warn", "fatal"]);
    expect(messages(intake, { level: "debug", source: "a" })).toEqual(["info", "warn"]);
  });

  it("shows a line that is not JSON unchanged, under the name of its file", async () => {
    const { intake, dir } = create();
    writeFileSync(dir.join("logs", "a.log"), "Segmentation fault\n\n{}\n");
    intake.open();
    await waitFor("the lines", () => intake.size > 0);
    expect(intake.entries({})).toMatchObject([
      { source: "a", level: "info", message: "Segmentation fault" },
      { source: "a", level: "info", message: "{}" },
    ]);
  });

  it("follows files and folders that are created later", async () => {
    const { intake, dir } = create(false);
    intake.open();
    mkdirSync(dir.join("logs"));
    writeFileSync(dir.join("logs/a.log"), line(1, "a", "one"));
    await waitFor("the first line", () => intake.size === 1);
    appendFileSync(dir.join("logs/a.log"), line(2, "a", "two"));
    await waitFor("the second line", () => intake.size === 2);
    expect(messages(intake)).toEqual(["one", "two"]);
  });

  it("keeps a bounded number of lines of bounded length", async () => {
    const { intake, dir } = create();
    writeFileSync(dir.join("logs", "a.log"), Array.from({ length: 700 }, (_, n) => line(n, "a", `${n}`)).join("") + line(701, "a", "x".repeat(5000)));
    intake.open();
    await waitFor("the lines", () => messages(intake).at(-1)?.startsWith("x") === true);
    expect(intake.size).toBe(limits.debuggerLogs);
    expect(messages(intake).at(-1)).toHaveLength(1000);
    expect(messages(intake).at(-2)).toBe("699");
  });

  it("reports skipped lines", async () => {
    const { intake, dir } = create();
    writeFileSync(dir.join("logs", "a.log"), line(1, "a", "one"));
    intake.open();
    await waitFor("the line", () => intake.size === 1);
    appendFileSync(dir.join("logs", "a.log"), `${"x".repeat(300_000)}\n`);
    await waitFor("the note", () => messages(intake).some((message) => /^a line of \d+ bytes was left out/.test(message)));
  });

  it("does not repeat lines when it is closed and opened again", async () => {
    const { intake, dir } = create();
    writeFileSync(dir.join("logs", "a.log"), line(1, "a", "one"));
    intake.open();
    await waitFor("the line", () => intake.size === 1);
    await intake.close();
    intake.open();
    appendFileSync(dir.join("logs", "a.log"), line(2, "a", "two"));
    await waitFor("a new line", () => intake.size > 1);
    expect(messages(intake)).toEqual(["one", "two"]);
  });

  it("reports once a log that cannot be read, and goes on with the rest", async () => {
    const { intake, dir, problems } = create();
    mkdirSync(dir.join("logs", "a.log"));
    writeFileSync(dir.join("logs", "b.log"), line(1, "b", "one"));
    intake.open();
    await waitFor("the first line", () => intake.size === 1);
    appendFileSync(dir.join("logs", "b.log"), line(2, "b", "two"));
    await waitFor("the second line", () => intake.size === 2);
    expect(problems).toEqual([expect.stringMatching(/^cannot read a\.log: .* a directory/)]);
  });
});
