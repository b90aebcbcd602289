import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tempDir } from "@vj/test-kit";
import { LogFile } from "../src/log-file.ts";
import { createLogger, formatLogLine, parseLogLine } from "../src/logger.ts";

describe("a log file", () => {
  it("is bounded, whatever is written", async () => {
    await using dir = tempDir();
    const file = new LogFile(dir.path, "w.log", { fileBytes: 1000, oldFiles: 2, checkMs: 1000 });
    for (let i = 0; i < 500; i++) expect(file.write(`line ${i} ${"x".repeat(50)}\n`)).toBeUndefined();
    file.close();
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
    file.close();
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
    file.close();
  });
});

describe("a logger", () => {
  it("writes JSON lines with time, level, source and message", async () => {
    await using dir = tempDir();
    const printed: string[] = [];
    const logger = createLogger({ source: "w", level: "info", busDir: dir.path, print: (text) => printed.push(text) });
    logger.log.debug("hidden");
    logger.log.warn({ host: "x" }, "unreachable");
    logger.log.error({ err: new Error("boom") }, "failed");
    logger.close();
    const lines = readFileSync(dir.join("logs", "w.log"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(parseLogLine(lines[0] ?? "")).toMatchObject({ level: "warn", source: "w", message: "unreachable", host: "x" });
    expect(lines[1]).toContain("boom");
    expect(printed[0]).toMatch(/^\d\d:\d\d:\d\d WARN  w +unreachable host="x"$/);
  });

  it("says how many lines were lost, once it can write again", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("logs"), "in the way");
    const logger = createLogger({ source: "w", level: "info", busDir: dir.path });
    logger.log.info("one");
    logger.log.info("two");
    expect(logger.lost).toBe(2);
    rmSync(dir.join("logs"));
    logger.log.info("three");
    logger.close();
    expect(readFileSync(dir.join("logs", "w.log"), "utf8")).toMatch(/three.*\n.*"lost":2.*2 log lines were lost/);
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
