import { expect, it } from "vitest";
import { managerConfig, policyOf, readOptions } from "../src/config.ts";
import { afterStart, afterStop, isEnabled, startsByItself } from "../src/intent.ts";

const nothing = { enabled: [], disabled: [], stopped: [] };

it("starts workers that are on by default, unless disabled or stopped", () => {
  expect(startsByItself(nothing, "a", true)).toBe(true);
  expect(startsByItself(nothing, "a", false)).toBe(false);
  expect(startsByItself({ ...nothing, enabled: ["a"] }, "a", false)).toBe(true);
  expect(startsByItself({ ...nothing, disabled: ["a"], enabled: ["a"] }, "a", true)).toBe(false);
  const stopped = { ...nothing, ...afterStop(nothing, "a") };
  expect(startsByItself(stopped, "a", true)).toBe(false);
  expect(isEnabled(stopped, "a", true)).toBe(true);
});

it("remembers a human's start and stop, once each", () => {
  const off = { enabled: [], disabled: ["a", "b"], stopped: ["a"] };
  expect(afterStart(off, "a", true)).toEqual({ enabled: [], disabled: ["b"], stopped: [] });
  expect(afterStart(afterStart(off, "a", false), "a", false)).toEqual({ enabled: ["a"], disabled: ["b"], stopped: [] });
  expect(afterStop(off, "a")).toEqual({ stopped: ["a"] });
});

it("has the contract's policy by default", () => {
  expect(policyOf(managerConfig.parse({}), false)).toMatchObject({
    restartDelaysMs: [0, 1000, 2000, 4000, 8000, 16_000, 30_000],
    retryFailedMs: 60_000,
    pingMs: 1000,
    pingLateMs: 3000,
    pingLostMs: 10_000,
    heartbeatLateMs: 15_000,
    heartbeatLostMs: 30_000,
    stopMs: 5000,
  });
  expect(policyOf(managerConfig.parse({ hang_kill_sec: 2, retry_failed_sec: 0 }), true)).toMatchObject({
    retryFailedMs: 0,
    pingMs: 200,
    pingLateMs: 600,
    pingLostMs: 2000,
    stopMs: 3000,
  });
});

it("reads the command line and the environment", () => {
  expect(readOptions([], {})).toEqual({ only: undefined, overrides: {} });
  expect(readOptions(["--only", "a,b"], { VJ_WORKERS: "/x:/y:" })).toEqual({
    only: ["a", "b"],
    overrides: { workers: { value: ["/x", "/y"], variable: "VJ_WORKERS" } },
  });
  expect(() => readOptions(["--nonsense"], {})).toThrow("nonsense");
});
