import { defineOscTable, text, unit } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { check, decode } from "../src/index.ts";
import type { CheckedMessage, OscMessage } from "../src/index.ts";
import { Retained } from "../src/send/retained.ts";
import { plainView, renderer } from "../src/send/view.ts";

const table = defineOscTable({
  "/a/level": { args: [unit("level")], kind: "state", description: "" },
  "/a/name": { args: [text("name")], kind: "state", description: "" },
});

function checked(address: keyof typeof table, values: unknown[] | Float32Array): CheckedMessage {
  const result = check(address, table[address], values);
  if (!result.ok) throw new Error(result.error);
  return result.message;
}

function messages(rendered: ReturnType<ReturnType<typeof renderer>>): OscMessage[] {
  return rendered.flatMap(({ encoded }) => {
    const decoded = encoded.ok ? decode(encoded.bytes) : encoded;
    return decoded.ok && "messages" in decoded ? decoded.messages : [];
  });
}

describe("a view", () => {
  it("sends the message unchanged, or nothing for an address that its receiver does not want", () => {
    const render = renderer(checked("/a/level", [0.5]));
    expect(messages(render(plainView)).map(({ address, tags, args }) => [address, tags, args])).toEqual([["/a/level", "f", [0.5]]]);
    expect(render({ ...plainView, only: ["/a/name", "/b/*"] })).toEqual([]);
    expect(messages(render({ ...plainView, only: ["/a/*"] }))).toHaveLength(1);
  });

  it("is rendered once for all receivers with an equal view", () => {
    const render = renderer(checked("/a/name", ["x"]));
    const [first, second, third] = [render(plainView), render({ ...plainView }), render({ ...plainView, only: ["/a/*"] })];
    expect(first).toHaveLength(1);
    expect(second[0]).toBe(first[0]);
    expect(third[0]).toBe(first[0]);
  });
});

it("retains values that the sender of the message can no longer change", () => {
  const retained = new Retained();
  const level = new Float32Array([0.25]);
  retained.keep(checked("/a/level", level));
  level[0] = 1;
  expect(retained.states().map(({ address, values }) => [address, values])).toEqual([["/a/level", [0.25]]]);
});
