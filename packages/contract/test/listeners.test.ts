import { expect, it } from "vitest";
import { createListeners } from "../src/index.ts";

it("an event goes to those who listened when it began, once each, in their order", () => {
  const { on, emit } = createListeners<{ beat: [number: number] }>();
  const calls: string[] = [];
  const late = (number: number): void => void calls.push(`late ${number}`);
  const offSecond: (() => void)[] = [];
  on("beat", (number) => {
    calls.push(`first ${number}`);
    offSecond.shift()?.();
    on("beat", late);
  });
  offSecond.push(on("beat", (number) => void calls.push(`second ${number}`)));
  emit("beat", 1);
  expect(calls).toEqual(["first 1", "second 1"]);
  emit("beat", 2);
  expect(calls.slice(2)).toEqual(["first 2", "late 2"]);
});

it("a listener that was added twice is called once, and goes with the first that takes it away", () => {
  const { on, emit } = createListeners<{ beat: [] }>();
  let calls = 0;
  const listener = (): void => void (calls += 1);
  const off = on("beat", listener);
  on("beat", listener);
  emit("beat");
  off();
  off();
  emit("beat");
  expect(calls).toBe(1);
});
