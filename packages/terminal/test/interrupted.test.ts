import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { interrupted, interruptedCode } from "../src/index.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
let before: (NodeJS.SignalsListener | undefined)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  exit.mockClear();
  before = signals.flatMap((signal) => process.listeners(signal));
});
afterEach(() => {
  vi.useRealTimers();
  for (const signal of signals) for (const listener of process.listeners(signal)) if (!before.includes(listener)) process.off(signal, listener);
});

it.each(signals)("%s asks once, however often it is passed on; a later request ends the process at once", (name) => {
  const onFirst = vi.fn();
  const signal = interrupted(onFirst);
  expect(signal.aborted).toBe(false);
  process.emit(name, name);
  expect(signal.aborted).toBe(true);
  vi.advanceTimersByTime(900);
  process.emit("SIGINT", "SIGINT");
  expect(exit).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  process.emit("SIGHUP", "SIGHUP");
  expect(exit).not.toHaveBeenCalled();
  process.emit("SIGTERM", "SIGTERM");
  expect(exit).toHaveBeenCalledWith(interruptedCode);
  expect(onFirst).toHaveBeenCalledTimes(1);
});
