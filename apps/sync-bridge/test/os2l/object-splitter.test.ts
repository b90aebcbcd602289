import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { ObjectSplitter, longestObject } from "../../src/protocols/os2l/object-splitter.ts";

const messages = ['{"evt":"beat","change":false,"pos":4,"bpm":126.05,"strength":0.5}', '{"evt":"btn","name":"a \\"{\\" ö 🎚","state":"on"}', '{"evt":"cmd","id":1,"param":{"a":[1,{"b":"}"}]}}'];

describe("the objects in a stream of bytes", () => {
  it("are found wherever it is cut", () => {
    const all = Buffer.from(messages.join(""));
    for (let cut = 0; cut <= all.length; cut += 1) {
      const splitter = new ObjectSplitter();
      expect([...splitter.push(all.subarray(0, cut)), ...splitter.push(all.subarray(cut))]).toEqual(messages);
      expect(splitter.refused).toBe(0);
    }
    const splitter = new ObjectSplitter();
    expect([...all].flatMap((byte) => splitter.push(Uint8Array.of(byte)))).toEqual(messages);
  });

  it("are found in one piece with dozens of others, with and without lines between them", () => {
    for (const between of ["", "\n", "\r\n", "  "]) {
      const splitter = new ObjectSplitter();
      const many = Array.from({ length: 48 }, (_, n) => messages[n % 3] ?? "");
      expect(splitter.push(Buffer.from(many.join(between)))).toEqual(many);
      expect(splitter.refused).toBe(0);
    }
  });

  it("are found after junk, which counts once", () => {
    const splitter = new ObjectSplitter();
    expect(splitter.push(Buffer.from(`GET / HTTP/1.1\r\n\r\n}}}]${messages[0]}`))).toEqual([messages[0]]);
    expect(splitter.refused).toBe(1);
  });

  it("are found after an object that never ends, or whose text never ends", () => {
    const endless = new ObjectSplitter();
    endless.push(Buffer.from('{"a":['.padEnd(longestObject * 3, "1,")));
    expect(endless.push(Buffer.from(messages[0] ?? ""))).toEqual([messages[0]]);
    expect(endless.refused).toBe(1);
    const cut = new ObjectSplitter();
    expect(cut.push(Buffer.from(`{"evt":"be${messages[0]}{"evt":"beat","x":{${messages[1]}`))).toEqual([messages[0], messages[1]]);
    expect(cut.refused).toBe(2);
    const text = new ObjectSplitter();
    expect(text.push(Buffer.from(`{"evt":"beat\n${messages[0]}\n`))).toEqual([messages[0]]);
    expect(text.refused).toBe(1);
  });

  it("are bounded, whatever arrives", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(...messages, "{", "}", '"', "\\", "\n").map((text) => Buffer.from(text))), { maxLength: 60 }), (chunks) => {
        const splitter = new ObjectSplitter();
        for (const chunk of chunks) for (const text of splitter.push(chunk)) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(longestObject * 3);
        splitter.push(Buffer.alloc(longestObject + 1, "x"));
        expect(splitter.push(Buffer.from(`\n${messages[0]}`))).toEqual([messages[0]]);
      }),
      { numRuns: 500 },
    );
  });
});
