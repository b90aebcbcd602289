import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ControlError } from "../src/errors.ts";
import { createPending } from "../src/pending.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

describe("requests that wait", () => {
  it("time out each at its own limit", async () => {
    const pending = createPending();
    const ended: string[] = [];
    const wait = (name: string, ms: number): void =>
      void pending.wait(name, name, ms).catch((error: ControlError) => ended.push(`${name} ${error.code}`));
    wait("long", 3000);
    wait("short", 1000);
    wait("middle", 2000);
    await vi.advanceTimersByTimeAsync(999);
    expect(ended).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(ended).toEqual(["short timeout"]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ended).toEqual(["short timeout", "middle timeout"]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ended).toEqual(["short timeout", "middle timeout", "long timeout"]);
    expect(pending.size).toBe(0);
  });

  it("settle once, by their id, with any message type", async () => {
    const pending = createPending();
    const ack = pending.wait("1", "a", 1000);
    const error = pending.wait("2", "b", 1000);
    expect(pending.settle({ type: "ack", msg_id: "1", success: true, message: "done", data: null })).toBe(true);
    expect(pending.settle({ type: "ack", msg_id: "1", success: true, message: "late", data: null })).toBe(false);
    expect(pending.settle({ type: "error", msg_id: "2", error: "no", traceback: null })).toBe(true);
    expect(pending.settle({ type: "response", data: {} })).toBe(false);
    expect(pending.settle({ type: "command", msg_id: "1", cmd: "x" })).toBe(false);
    expect(await ack).toEqual({ success: true, message: "done", data: null });
    expect(await error).toEqual({ success: false, message: "no", data: null });
  });

  it("are all rejected together", async () => {
    const pending = createPending();
    const both = Promise.allSettled([pending.wait("1", "a", 1000), pending.wait("2", "b", 1000)]);
    pending.rejectAll(new ControlError("closed", "gone"));
    expect((await both).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
