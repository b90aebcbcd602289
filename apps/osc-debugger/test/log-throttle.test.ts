import { describe, expect, it } from "vitest";
import { LogThrottle, linesPerSecond } from "../src/log-throttle.ts";
import type { LogEntry } from "../src/log-throttle.ts";

function create(): { throttle: LogThrottle; shown: LogEntry[] } {
  const shown: LogEntry[] = [];
  return { throttle: new LogThrottle((entry) => shown.push(entry)), shown };
}

const entry = (timestamp: number, source = "a", level: LogEntry["level"] = "info"): LogEntry => ({ timestamp, level, source, message: "m" });

describe("LogThrottle", () => {
  it("shows ten lines of a second and sums up the others when the next begins", () => {
    const { throttle, shown } = create();
    for (let n = 0; n < 250; n += 1) throttle.take(entry(100 + n / 1000, "a", n === 99 ? "error" : "info"));
    expect(shown).toHaveLength(linesPerSecond);
    throttle.take(entry(101));
    expect(shown.slice(linesPerSecond)).toEqual([
      { timestamp: 101, level: "error", source: "a", message: "240 more lines in this second", aggregated: 240 },
      entry(101),
    ]);
  });

  it("counts each source by itself", () => {
    const { throttle, shown } = create();
    for (let n = 0; n < 50; n += 1) throttle.take(entry(100, "loud"));
    throttle.take(entry(100, "quiet"));
    expect(shown.at(-1)?.source).toBe("quiet");
  });

  it("sums up a burst when its second is over, even if no line follows", () => {
    const { throttle, shown } = create();
    for (let n = 0; n < 11; n += 1) throttle.take(entry(100));
    throttle.flush(100.9);
    expect(shown).toHaveLength(10);
    throttle.flush(101);
    throttle.flush(102);
    expect(shown).toHaveLength(11);
    expect(shown.at(-1)).toMatchObject({ aggregated: 1 });
  });

  it("adds no line where nothing was suppressed", () => {
    const { throttle, shown } = create();
    for (let n = 0; n < 10; n += 1) throttle.take(entry(100));
    throttle.take(entry(102));
    throttle.flush(200);
    expect(shown).toHaveLength(11);
  });
});
