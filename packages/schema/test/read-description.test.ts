import { describe, expect, it } from "vitest";
import { readDescription } from "../src/index.ts";

const whole = {
  worker: "lamp",
  version: "2.1.0",
  protocol: 1,
  config_schema: { type: "object", properties: { colour: { type: "string" } } },
  commands: { blink: { description: "blinks", args: { type: "object" } } },
  osc: { "/lamp/level": { args: [{ name: "level", tag: "f" }], kind: "stream", description: "how bright" } },
};

describe("the description of a worker written elsewhere", () => {
  it("is taken as it is where nothing is wrong with it", () => {
    expect(readDescription(whole)).toEqual({ description: { ...whole, description: "" }, faults: [] });
  });

  it("keeps its settings, commands and addresses beside a faulty one, which is named", () => {
    const { description, faults } = readDescription({
      ...whole,
      version: 2,
      commands: { ...whole.commands, odd: 5, list: [] },
      osc: { ...whole.osc, "/lamp/odd": { args: [{ name: "x", tag: "float" }], kind: "stream", description: "" } },
    });
    expect(description).toMatchObject({ config_schema: whole.config_schema, commands: whole.commands, osc: whole.osc });
    expect(Object.keys(description?.commands ?? {})).toEqual(["blink"]);
    expect(faults.map((fault) => fault.split(":")[0])).toEqual(["version", "commands.odd", "commands.list", "osc./lamp/odd"]);
  });

  it("may leave out what says nothing, or write null for it, as Python clients do", () => {
    const { description, faults } = readDescription({
      worker: "lamp",
      version: null,
      config_schema: whole.config_schema,
      commands: { blink: { description: "blinks" }, off: { args: null }, gone: null },
      osc: { "/lamp/level": { args: [{ name: "level", tag: "f", unit: null, min: 0, max: null }], kind: "stream", rate: null, description: null } },
    });
    expect(faults).toEqual([]);
    expect(Object.keys(description?.commands ?? {})).toEqual(["blink", "off"]);
    expect(description?.osc["/lamp/level"]?.args).toEqual([{ name: "level", tag: "f", min: 0 }]);
  });

  it("names a bounded number of faults", () => {
    const commands = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`c${index}`, 5]));
    const { faults } = readDescription({ ...whole, commands });
    expect(faults).toHaveLength(9);
    expect(faults.at(-1)).toBe("and 492 more");
  });

  it("is none where it describes nothing", () => {
    for (const nothing of [undefined, null, 5, "text", [], {}, { code: "unknown_command" }, { worker: "lamp", version: "1" }])
      expect(readDescription(nothing)).toEqual({ description: undefined, faults: [] });
  });
});
