import { expect, it } from "vitest";
import { shownRig } from "../src/rig/shown.ts";
import { createRigStore } from "../src/rig/store.ts";
import { noon, rigAfter } from "./rig-fixture.ts";

it("bounds notices and logs", () => {
  const notices = Array.from({ length: 60 }, (_, index) => ({ type: "notice", level: "info", text: String(index) }) as const);
  expect(rigAfter(notices).notices).toHaveLength(50);
  expect(rigAfter(notices).notices.at(-1)?.text).toBe("59");
  const entry = { at: noon, level: "info", source: "hello", text: "x", line: "x" } as const;
  expect(rigAfter([{ type: "logs", entries: Array.from({ length: 3000 }, () => entry) }]).logs).toHaveLength(2000);
});

it("shows newer figures together, twice a second, and everything else at once", () => {
  let at = noon;
  const now = (): number => at;
  const store = createRigStore({ now });
  const shown = shownRig(store, now);
  const figures = (): void => store.dispatch({ type: "bus", state: store.get(), figuresOnly: true });
  at += 5000;
  const before = shown();
  figures();
  at += 400;
  figures();
  expect(shown()).toBe(before);
  at += 100;
  expect(shown()).toBe(store.get());
  figures();
  store.dispatch({ type: "pending", name: "hello", verb: "stop" });
  expect(shown().pending).toEqual({ hello: "stop" });
  // What it has changed is a figure, and comes a moment later.
  at += 100;
  figures();
  expect(shown()).toBe(store.get());
  at -= 3_600_000;
  figures();
  expect(shown()).toBe(store.get());
});

it("the store reports changes, until the listener is removed", () => {
  const store = createRigStore({ now: () => noon });
  const reported: string[] = [];
  const undo = store.subscribe((_rig, { type }) => reported.push(type));
  store.dispatch({ type: "pending", name: "hello", verb: "stop" });
  undo();
  store.dispatch({ type: "notice", level: "info", text: "hi" });
  expect(reported).toEqual(["pending"]);
  expect(store.get()).toMatchObject({ pending: { hello: "stop" }, notices: [{ at: noon, text: "hi" }] });
});
