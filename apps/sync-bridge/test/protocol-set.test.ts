import { expect, it } from "vitest";
import { syncConfig } from "../src/config.ts";
import { ProtocolSet } from "../src/protocol-set.ts";
import { fakeContext } from "./fake-context.ts";

it("says that no protocol is on, and how to switch one on, until one is", async () => {
  const { context } = fakeContext({});
  const fake = { state: () => ({}), condition: () => ({ level: "ok" as const, text: "fake: works" }), close: async () => {} };
  const set = new ProtocolSet([{ name: "fake", restartedBy: [], isOn: ({ midi }) => midi === "send", start: async () => fake }], () => context);
  const off = syncConfig.parse({});
  await set.apply(off, off);
  expect(set.condition()).toMatchObject({ level: "ok", text: "no protocol is switched on", todo: expect.stringContaining("vj config set sync_bridge link=send") });
  await set.apply({ ...off, midi: "send" }, off);
  expect(set.condition()).toEqual({ level: "ok", text: "fake: works" });
  await set.close();
});
