import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { limits } from "@vj/schema";
import type { Message } from "@vj/schema";
import { ControlError, createFrameDecoder, decodePayload, encodeFrame } from "../src/index.ts";
import { glimpseMsgId } from "../src/frame.ts";
import { weighJson } from "../src/weigh-json.ts";

const command = (cmd: string): Message => ({ type: "command", cmd });

function decodeAll(chunks: Buffer[]): unknown[] {
  const decoder = createFrameDecoder();
  const messages: unknown[] = [];
  for (const chunk of chunks) {
    decoder.push(chunk);
    for (let payload = decoder.next(); payload !== undefined; payload = decoder.next()) {
      messages.push(JSON.parse(payload.toString("utf8")));
    }
  }
  return messages;
}

function cut(bytes: Buffer, sizes: number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    // A copy, as sockets deliver: their buffers do not share memory.
    chunks.push(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
  return chunks;
}

describe("framing", () => {
  it("writes a big-endian length and the JSON", () => {
    const frame = encodeFrame(command("é"));
    expect(frame.readUInt32BE(0)).toBe(frame.length - 4);
    expect(JSON.parse(frame.subarray(4).toString("utf8"))).toEqual({ type: "command", cmd: "é" });
  });

  it("finds the same messages wherever the stream is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 60 }), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 8 }),
        (names, sizes) => {
          const messages = names.map(command);
          expect(decodeAll(cut(Buffer.concat(messages.map(encodeFrame)), sizes))).toEqual(messages);
        },
      ),
    );
  });

  it("takes a frame cut at every byte", () => {
    const frame = encodeFrame(command("get_state"));
    for (let at = 0; at <= frame.length; at++) {
      expect(decodeAll([Buffer.from(frame.subarray(0, at)), Buffer.from(frame.subarray(at))])).toHaveLength(1);
    }
  });

  it("carries the longest frame and refuses a longer one, both ways", () => {
    const overhead = encodeFrame(command("")).length - 4;
    const longest = "x".repeat(limits.frameBytes - overhead);
    expect(decodeAll(cut(encodeFrame(command(longest)), [65_536]))).toEqual([command(longest)]);
    expect(() => encodeFrame(command(`${longest}x`))).toThrow(/too long/);

    const decoder = createFrameDecoder();
    const header = Buffer.alloc(4);
    header.writeUInt32BE(limits.frameBytes + 1);
    decoder.push(header);
    expect(() => decoder.next()).toThrow(ControlError);
  });

  it("holds no memory for bytes that were announced but not sent", () => {
    const decoder = createFrameDecoder();
    const header = Buffer.alloc(4);
    header.writeUInt32BE(limits.frameBytes);
    decoder.push(header);
    expect(decoder.next()).toBeUndefined();
    expect(decoder.buffered).toBe(4);
  });

  it("gives an empty payload for a length of zero", () => {
    const decoder = createFrameDecoder();
    decoder.push(Buffer.alloc(4));
    expect(decoder.next()?.length).toBe(0);
  });
});

describe("decodePayload", () => {
  it("names the fault of bytes that are not a message", () => {
    expect(decodePayload(Buffer.from("{nonsense"))).toMatchObject({ ok: false, error: expect.stringMatching(/not JSON/) });
    expect(decodePayload(Buffer.from([0xff, 0xfe]))).toMatchObject({ ok: false, error: expect.stringMatching(/not UTF-8/) });
    expect(decodePayload(Buffer.from('{"type":"x"}'))).toMatchObject({ ok: false });
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map((text) => Buffer.from(text))), (bytes) => {
        expect(typeof decodePayload(Buffer.from(bytes)).ok).toBe("boolean");
      }),
    );
    expect(decodePayload(Buffer.from("[".repeat(500_000)))).toMatchObject({ ok: false });
  });
});

describe("weighing", () => {
  const weigh = (json: string, values = 10): string | undefined => weighJson(Buffer.from(json), values, 4);

  it("accepts messages within the limits of depth and number, whatever their texts contain", () => {
    expect(weigh('{"a":[[{"b":1}]],"c":"[[[[[[,,,,,,,,,,,,\\\\","d":"\\"[[[[[["}')).toBeUndefined();
    expect(weigh("[[[[]]],[[[]]]]")).toBeUndefined();
    expect(weigh("[1,2,3,4,5,6,7,8,9,10]")).toBeUndefined();
  });

  it("refuses deeper messages and those with more values", () => {
    expect(weigh("[[[[[]]]]]")).toMatch(/more than 4 deep/);
    expect(weigh('{"a":{"a":{"a":{"a":{}}}}}')).toMatch(/more than 4 deep/);
    expect(weigh("[1,2,3,4,5,6,7,8,9,10,11]")).toMatch(/more than 10 fields/);
    expect(weigh("[[],[],[],[],[],[]]")).toMatch(/more than 10 fields/);
    expect(weigh(`{${Array.from({ length: 11 }, (_, i) => `"${i}":1`).join()}}`)).toMatch(/more than 10 fields/);
  });

  it("counts what the parser finds", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const count = (part: unknown): number =>
          typeof part !== "object" || part === null ? 0 : Object.values(part).reduce((sum: number, child) => sum + count(child), Math.max(1, Object.keys(part).length));
        expect(weighJson(Buffer.from(JSON.stringify(value)), count(value), 32)).toBeUndefined();
        expect(count(value) === 0 || weighJson(Buffer.from(JSON.stringify(value)), count(value) - 1, 32) !== undefined).toBe(true);
      }),
    );
  });
});

describe("the msg_id of a message that is refused unread", () => {
  it("is found near the beginning and near the end", () => {
    const long = "x".repeat(2000);
    expect(glimpseMsgId(Buffer.from(`{"msg_id":"a-1","x":"${long}"}`))).toBe("a-1");
    expect(glimpseMsgId(Buffer.from(`{"x":"${long}", "msg_id" : "b-2"}`))).toBe("b-2");
    expect(glimpseMsgId(Buffer.from(`{"msg_id":"${long}"}`))).toBeUndefined();
    expect(glimpseMsgId(Buffer.from(long))).toBeUndefined();
  });
});
