import { readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tempDir } from "@vj/test-kit";
import { LogFile } from "../src/log-file.ts";
import { formatLogLine, parseLogLine } from "../src/log-line.ts";

describe("a log file", () => {
  it("is bounded, whatever is written", async () => {
    await using dir = tempDir();
    const file = new LogFile(dir.path, "w.log", { fileBytes: 1000, oldFiles: 2, checkMs: 1000 });
    for (let i = 0; i < 500; i++) expect(file.write(`line ${i} ${"x".repeat(50)}\n`)).toBeUndefined();
    await file.close();
    expect(readdirSync(dir.join("logs")).sort()).toEqual(["w.log", "w.log.1", "w.log.2"]);
    for (const entry of readdirSync(dir.join("logs"))) {
      expect(statSync(dir.join("logs", entry)).size).toBeLessThanOrEqual(1000);
    }
    expect(readFileSync(dir.join("logs", "w.log"), "utf8")).toContain("line 499 ");
  });

  it("starts anew when its directory was deleted", async () => {
    await using dir = tempDir();
    const file = new LogFile(dir.path, "w.log", { fileBytes: 1000, oldFiles: 1, checkMs: 0 });
    file.write("before\n");
    rmSync(dir.join("logs"), { recursive: true });
    file.write("after\n");
    await file.close();
    expect(readFileSync(dir.join("logs", "w.log"), "utf8")).toBe("after\n");
  });

  it.each<[how: string, change: (file: string) => void]>([
    ["deleted", rmSync],
    ["moved", (file) => renameSync(file, `${file}.away`)],
  ])("goes on in a new file when its own was %s", async (_, change) => {
    await using dir = tempDir();
    const file = new LogFile(dir.path, "w.log", { fileBytes: 1000, oldFiles: 1, checkMs: 0 });
    file.write("before\n");
    change(dir.join("logs", "w.log"));
    file.write("after\n");
    await file.close();
    expect(readFileSync(dir.join("logs", "w.log"), "utf8")).toBe("after\n");
  });

  it("goes on at the new beginning of a file that was emptied", async () => {
    await using dir = tempDir();
    const file = new LogFile(dir.path, "w.log", { fileBytes: 1000, oldFiles: 1, checkMs: 0 });
    file.write("before\n");
    writeFileSync(dir.join("logs", "w.log"), "");
    file.write("after\n");
    await file.close();
    expect(readFileSync(dir.join("logs", "w.log"), "utf8")).toBe("after\n");
  });

  it("never throws, counts what it lost, and goes on when it can", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("logs"), "in the way");
    const file = new LogFile(dir.path, "w.log");
    expect(file.write("one\n")).toMatch(/not a directory; remove it/);
    file.write("two\n");
    expect(file.lost).toBe(2);
    rmSync(dir.join("logs"));
    expect(file.write("three\n")).toBeUndefined();
    expect(file.lost).toBe(0);
    await file.close();
  });
});

describe("formatLogLine", () => {
  it("cannot be used to control a terminal", () => {
    const line = JSON.stringify({ time: "2026-01-01T12:00:00.000Z", level: "info", source: "w", message: "\u001b[2Jhi" });
    expect(formatLogLine(line)).toMatch(/^12:00:00 INFO {2}w +hi$/);
    expect(formatLogLine("\u001b]0;x\u0007plain")).toBe("plain");
    expect(parseLogLine("ALSA lib noise")).toBeUndefined();
    expect(parseLogLine('{"a":1}')).toBeUndefined();
  });
});
