import { defineOscTable, flag, placed, resolveTarget, targetInputSchema, unit } from "@vj/schema";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createTelemetry } from "../src/index.ts";
import type { Telemetry } from "../src/index.ts";
import { collect } from "./collect.ts";
import type { Collector } from "./collect.ts";

const table = defineOscTable({
  "/level": { args: [placed(unit("level"), { light: "brightness" })], kind: "stream", description: "" },
  "/beat": { args: [placed(flag("on"), { light: "flash" })], kind: "stream", description: "" },
});

/** A guarded target whose clock stands still unless it is moved. */
async function guarded(): Promise<{ telemetry: Telemetry<typeof table>; one: Collector; target: ReturnType<typeof resolveTarget>; value: (address: "/level" | "/beat", wanted: number) => Promise<number> }> {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const one = await collect();
  const target = resolveTarget(targetInputSchema.parse({ name: "t", port: one.port, safe: true }));
  const telemetry = createTelemetry({ table, targets: [target] });
  onTestFinished(async () => {
    await telemetry.close();
    await one[Symbol.asyncDispose]();
  });
  await telemetry.settled();
  const value = async (address: "/level" | "/beat", wanted: number): Promise<number> => {
    const count = one.messages.length + 1;
    if (address === "/level") telemetry.send("/level", [wanted]);
    else telemetry.send("/beat", [wanted]);
    await one.arrived(count);
    return Number(one.messages.at(-1)?.[1]);
  };
  return { telemetry, one, target, value };
}

describe("a guarded target", () => {
  it.each<[string, (telemetry: Telemetry<typeof table>, target: ReturnType<typeof resolveTarget>) => void]>([
    ["removed and added", (telemetry, target) => {
      telemetry.setTargets([]);
      telemetry.setTargets([target]);
    }],
    ["switched off and on", (telemetry, target) => {
      telemetry.setTargets([{ ...target, enabled: false }]);
      telemetry.setTargets([target]);
    }],
    ["removed and added under another name", (telemetry, target) => telemetry.setTargets([{ ...target, name: "u" }])],
    ["given another rate", (telemetry, target) => telemetry.setTargets([{ ...target, view: { ...target.view, text: "ascii" } }])],
  ])("that is %s begins from where it was, however often", async (_name, change) => {
    const { telemetry, target, value } = await guarded();
    expect(await value("/level", 1)).toBe(1);
    let last = 1;
    for (let turn = 0; turn < 6; turn += 1) {
      vi.advanceTimersByTime(100);
      change(telemetry, turn % 2 === 0 ? target : { ...target, view: { ...target.view } });
      await telemetry.settled();
      const wanted = turn % 2;
      const now = await value("/level", wanted);
      expect(Math.abs(now - last)).toBeLessThanOrEqual(0.1001);
      last = now;
    }
  });

  it("flashes no more than it may when another program that sent there meanwhile ends", async () => {
    const { telemetry, value } = await guarded();
    vi.advanceTimersByTime(5000);
    expect([await value("/beat", 1), await value("/beat", 0)]).toEqual([1, 0]);
    vi.advanceTimersByTime(5000);
    const end = telemetry.mute();
    telemetry.send("/beat", [1]);
    telemetry.send("/beat", [0]);
    end();
    expect(await value("/beat", 1)).toBe(0);
    vi.advanceTimersByTime(1100);
    expect(await value("/beat", 1)).toBe(1);
  });

  it("is not remembered for long", async () => {
    const { telemetry, target, value } = await guarded();
    expect(await value("/level", 1)).toBe(1);
    telemetry.setTargets([]);
    vi.advanceTimersByTime(2500);
    telemetry.setTargets([target]);
    await telemetry.settled();
    expect(await value("/level", 0)).toBe(0);
  });
});
