import { contractOsc, defineOscTable, flag, float, oscTags, playbackOsc, text } from "@vj/schema";
import type { OscAddress } from "@vj/schema";
import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../src/index.ts";
import { shapes } from "../../src/view/shapes.ts";
import { checked, read } from "./checked.ts";

const table = { ...contractOsc, ...playbackOsc("test") };

function anyValues({ args }: OscAddress): fc.Arbitrary<(string | number)[]> {
  const number = fc.oneof(fc.double({ noNaN: true, min: -1e30, max: 1e30 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
  return fc.tuple(...args.map(({ tag }) => (tag === "s" ? fc.string() : number.map((value) => (tag === "i" ? Math.trunc(value) | 0 : value)))));
}

describe("the flat shape", () => {
  it.each(Object.entries(table))("gives each argument of %s one address, 0 to 1 or a text", (address, definition) => {
    fc.assert(
      fc.property(anyValues(definition), (values) => {
        const flat = shapes.flat(checked(address, values, table));
        const choices = definition.args.flatMap(({ choices: all = [] }) => all);
        expect(flat).toHaveLength(definition.args.length === 0 ? 2 : values.length + choices.length);
        for (const message of flat) {
          expect(encodeMessage(message).ok).toBe(true);
          const [value] = message.values;
          if (typeof value === "string") continue;
          expect(oscTags(message.definition)).toBe("f");
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("has no address for two arguments", () => {
    const addresses = Object.entries(table).flatMap(([address, { args }]) =>
      shapes.flat(checked(address, args.map(({ tag }) => (tag === "s" ? "" : 0)), table)).slice(0, args.length === 0 ? 0 : undefined).map((message) => message.address),
    );
    expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
  });

  it("has the places and the ranges of the list", () => {
    const places = (address: string, values: (number | string)[]): unknown[][] =>
      shapes.flat(checked(address, values)).map((message) => [message.address, ...message.values]);
    expect(places("/audio/levels", [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]).map(([address]) => address)).toEqual(
      ["sub", "bass", "lowmid", "mid", "highmid", "presence", "air", "rms"].map((name) => `/audio/level/${name}`),
    );
    expect(places("/audio/bpm", [90, 0.5])).toEqual([["/audio/bpm/value", 0.5], ["/audio/bpm/confidence", 0.5]]);
    expect(places("/audio/phase", [0.25, 0.5, 4])).toEqual([["/audio/beat/phase", 0.25], ["/audio/bar/phase", 0.5], ["/audio/beat/count", 1]]);
    expect(places("/audio/section", ["drop", 0.75])).toEqual([
      ["/audio/section/section", "drop"],
      ...["intro", "groove", "break", "build", "drop", "outro", "silence"].map((name) => [`/audio/section/${name}`, Number(name === "drop")]),
      ["/audio/section/confidence", 0.75],
    ]);
    expect(places("/audio/structure", [1, 0, 0, 1])).toEqual([["/audio/buildup", 1], ["/audio/drop", 0], ["/audio/trend", 0.5], ["/audio/brightness", 1]]);
    expect(places("/karaoke/line/active", [-1])).toEqual([["/karaoke/line/active/index", 0]]);
    expect(places("/karaoke/pos", [60, 1])).toEqual([["/karaoke/pos/position", 0.1], ["/karaoke/pos/is_playing", 1]]);
    expect(places("/karaoke/image/clear", [])).toEqual([["/karaoke/image/clear", 1], ["/karaoke/image/clear", 0]]);
  });

  it("takes a stranger's table as it is: address/argument, and 0 to 1 whatever the bounds", () => {
    const strange = defineOscTable({
      "/lamp": { args: [flag("on"), float("heat", "K", 200), float("drift"), float("depth", "m", undefined, 0), text("name")], kind: "state", description: "" },
    });
    expect(shapes.flat(checked("/lamp", [1, 200, 0, 0, "x"], strange)).map((message) => [message.address, ...message.values])).toEqual([
      ["/lamp/on", 1],
      ["/lamp/heat", 0],
      ["/lamp/drift", 0.5],
      ["/lamp/depth", 1],
      ["/lamp/name", "x"],
    ]);
    const [, hot] = shapes.flat(checked("/lamp", [1, 1e30, 0, 0, "x"], strange));
    expect(hot?.values[0]).toBeCloseTo(1);
  });
});

it("the synesthesia shape sends under its names, the tempo in BPM, and nothing that it has no name for", () => {
  const sent = (address: string, values: (number | string)[]): unknown =>
    read(shapes.synesthesia(checked(address, values)).map((message) => {
      const encoded = encodeMessage(message);
      if (!encoded.ok) throw new Error(encoded.error);
      return encoded.bytes;
    }));
  expect(sent("/audio/bpm", [128, 0.5])).toEqual([["/audio/bpm/bpm", "f", 128], ["/audio/bpm/bpmconfidence", "f", 0.5]]);
  expect(sent("/audio/beat", [1, 0.5])).toEqual([["/audio/beat/onbeat", "f", 1]]);
  expect(sent("/karaoke/line/active", [3])).toEqual([]);
});

it("the textler shape puts /textler in the place of /karaoke and leaves the rest", () => {
  expect(shapes.textler(checked("/karaoke/line/active", [3]))).toMatchObject([{ address: "/textler/line/active", values: [3] }]);
  expect(shapes.textler(checked("/audio/bpm", [128, 1]))).toMatchObject([{ address: "/audio/bpm", values: [128, 1] }]);
});
