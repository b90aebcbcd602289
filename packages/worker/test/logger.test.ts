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

  it("keeps a line readable whatever its fields are called", async () => {
    await using dir = tempDir();
    const printed: string[] = [];
    const logger = createLogger({ source: "lamp", level: "info", busDir: dir.path, print: (text) => printed.push(text) });
    logger.log.info({ level: 0.8, time: 3, source: "desk", message: "mine" }, "shine %d", 7);
    logger.log.info({ amount: 1 });
    logger.log.info({ message: 5 });
    logger.log.info({ message: "of its own", level: 2 });
    logger.log.info(undefined);
    logger.log.error(new Error("boom"));
    await logger.close();
    const lines = readFileSync(dir.join("logs", "lamp.log"), "utf8").trim().split("\n").map(parseLogLine);
    expect(lines).toMatchObject([
      { level: "info", source: "lamp", message: "shine 7", level_: 0.8, time_: 3, source_: "desk", message_: "mine" },
      { level: "info", message: "", amount: 1 },
      { level: "info", message: "", message_: 5 },
      { level: "info", message: "of its own", level_: 2 },
      { level: "info", message: "" },
      { level: "error", message: "boom" },
    ]);
    expect(printed[0]).toMatch(/^\d\d:\d\d:\d\d INFO  lamp +shine 7 level_=0.8 time_=3 source_="desk" message_="mine"$/);
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
