import path from "node:path";
import { describe, expect, it } from "vitest";
import { descriptionSchema, limits } from "@vj/schema";
import { needs, spawnNode } from "@vj/test-kit";
import { createCases, messageTypes } from "../src/fuzz/cases.ts";
import { lengthAround } from "../src/fuzz/values.ts";
import { createRandom } from "../src/random.ts";

const program = path.join(import.meta.dirname, "..", "dist", "fuzz-main.js");

const lamp = descriptionSchema.parse({
  worker: "lamp",
  version: "1.0.0",
  protocol: 1,
  config_schema: { properties: { colour: { type: "string", maxLength: 70 }, level: { type: "number", minimum: 0, maximum: 1 } } },
  commands: { paint: {
      args: {
        properties: { times: { type: "array", items: { type: "integer" }, maxItems: 9 }, where: { type: "object", properties: { x: { type: "integer" }, y: { type: "integer" } }, required: ["x", "y"] } },
        required: ["where"],
      },
    }, shutdown: { args: {} } },
  osc: {},
});

describe("the cases of the fuzzer", () => {
  const next = createCases(createRandom(1), new Map([["lamp", lamp]]));
  const cases = Array.from({ length: 20_000 }, next);

  it("name every field of every message type, every argument and every setting", () => {
    const tried = new Set(cases.map(({ what }) => what.split(",")[0]));
    const types = messageTypes();
    expect(types.map(({ type }) => type).sort()).toEqual(["ack", "command", "error", "heartbeat", "register", "response"]);
    for (const { type, fields } of types) for (const field of Object.keys(fields)) expect(tried).toContain(`lamp ${type}.${field}`);
    for (const what of ["lamp paint times", "lamp set_config colour", "lamp set_config level"]) expect(tried).toContain(what);
  });

  it("give the other required fields, also in objects", () => {
    const painted = cases.filter(({ what }) => what.startsWith("lamp paint times")).map(({ frame }) => frame.toString("latin1"));
    expect(painted.length).toBeGreaterThan(100);
    for (const text of painted) expect(text).toContain('"where":{"x":1,"y":1}');
  });

  it("never request the end of the worker", () => {
    for (const { frame } of cases) expect(frame.includes('"cmd":"shutdown"')).toBe(false);
  });

  it("go to each limit, below it and above it", () => {
    const random = createRandom(2);
    const lengths = new Set(Array.from({ length: 5000 }, () => lengthAround(random, 70)));
    for (const length of [0, 1, 69, 70, 71, 140]) expect(lengths).toContain(length);
    expect(Math.max(...lengths)).toBeGreaterThan(limits.largeFrameBytes);
    const long = cases.map(({ frame }) => /"msg_id":"(a+)"/.exec(frame.toString("latin1"))?.[1]?.length);
    for (const length of [255, 256, 257]) expect(long).toContain(length);
  });

  it("are the same for the same seed", () => {
    const again = createCases(createRandom(1), new Map([["lamp", lamp]]));
    for (const { frame } of cases.slice(0, 500)) expect(again().frame.equals(frame)).toBe(true);
  });
});

// The harness finds the processes of a rig in /proc.
describe("ten thousand messages of every length", needs("proc"), () => {
  it("end no process and leave none without an answer", { timeout: 180_000 }, async () => {
    await using fuzz = spawnNode([program, "--cases", "10000", "--seed", "8"]);
    await fuzz.exited;
    // The exact rate can only be expected of an idle machine: `pnpm fuzz` checks it.
    expect(fuzz.output()).toMatch(/^\d+ processes, 10000 cases, seed 8$/m);
    expect(fuzz.output()).toMatch(/seed 8: 10000 cases, 0 violations/);
  });
});
