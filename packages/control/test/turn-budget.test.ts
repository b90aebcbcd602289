import { waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { createTurnBudget } from "../src/turn-budget.ts";

/** A connection with messages of 0.2 ms each; every one is written down. */
function flood(name: string, messages: number, done: string[], budget = createTurnBudget()): () => void {
  let left = messages;
  const resume = (): void => {
    for (let spentMs = 0; left > 0; left--) {
      if (!budget.hasRoom(spentMs)) {
        budget.wait(resume);
        return;
      }
      budget.spend(0.2);
      spentMs += 0.2;
      done.push(name);
    }
  };
  return resume;
}

describe("a turn of the loop", () => {
  it("is shared in short slices, so that a quiet connection does not wait for a turn of each flood", async () => {
    const budget = createTurnBudget(4);
    const done: string[] = [];
    for (const name of ["a", "b", "c"]) flood(name, 1000, done, budget)();
    flood("quiet", 1, done, budget)();
    await waitFor("the quiet one", () => done.includes("quiet"));
    expect(done.indexOf("quiet")).toBeLessThan(30);
    await waitFor("all", () => done.length === 3001);
    // No connection was left behind: near the end all of them still had messages.
    expect(new Set(done.slice(2700, 2900)).size).toBe(3);
  });

  it("ends after its milliseconds, however many wait", async () => {
    const budget = createTurnBudget(1);
    const done: string[] = [];
    for (let i = 0; i < 50; i++) flood("x", 100, done, budget)();
    const before = done.length;
    await new Promise((resolve) => void setImmediate(resolve));
    expect(done.length - before).toBeLessThanOrEqual(6);
  });
});
