import { expect, it } from "vitest";
import { createRigStore } from "../src/rig/store.ts";
import { noon, rigAfter } from "./rig-fixture.ts";

it("bounds notices and logs", () => {
  const notices = Array.from({ length: 60 }, (_, index) => ({ type: "notice", level: "info", text: String(index) }) as const);
  expect(rigAfter(notices).notices).toHaveLength(50);
  expect(rigAfter(notices).notices.at(-1)?.text).toBe("59");
  const entry = { at: noon, level: "info", source: "hello", text: "x", line: "x" } as const;
  expect(rigAfter([{ type: "logs", entries: Array.from({ length: 3000 }, () => entry) }]).logs).toHaveLength(2000);
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
