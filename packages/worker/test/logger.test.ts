import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseLogLine } from "@vj/logs";
import { tempDir } from "@vj/test-kit";
import { createLogger } from "../src/logger.ts";

describe("a logger", () => {
  it("writes JSON lines with time, level, source and message", async () => {
    await using dir = tempDir();
    const printed: string[] = [];
    const logger = createLogger({ source: "w", level: "info", busDir: dir.path, print: (text) => printed.push(text) });
    logger.log.debug("hidden");
    logger.log.warn({ host: "x" }, "unreachable");
    logger.log.error({ err: new Error("boom") }, "failed");
    await logger.close();
    const lines = readFileSync(dir.join("logs", "w.log"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(parseLogLine(lines[0] ?? "")).toMatchObject({ level: "warn", source: "w", message: "unreachable", host: "x" });
    expect(lines[1]).toContain("boom");
    expect(printed[0]).toMatch(/^\d\d:\d\d:\d\d WARN  w +unreachable host="x"$/);
  });

  it("reports how many lines were lost, once it can write again", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("logs"), "in the way");
    const logger = createLogger({ source: "w", level: "info", busDir: dir.path });
    logger.log.info("one");
    logger.log.info("two");
    expect(logger.lost).toBe(2);
    rmSync(dir.join("logs"));
    logger.log.info("three");
    await logger.close();
    expect(readFileSync(dir.join("logs", "w.log"), "utf8")).toMatch(/three.*\n.*"lost":2.*2 log lines were lost/);
  });
});
