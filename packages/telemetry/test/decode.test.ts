import { fc } from "@vj/test-kit/properties";
import { fromBuffer, toBuffer } from "osc-min";
import type { OscArgOrArrayInput, OscArgOutputOrArray } from "osc-min";
import { describe, expect, it } from "vitest";
import type { OscValue } from "../src/index.ts";
import { decode, decodeLimits } from "../src/index.ts";

const bytes = (view: DataView): Buffer => Buffer.from(view.buffer, view.byteOffset, view.byteLength);
const message = (address: string, args: OscArgOrArrayInput[] = []): Buffer => bytes(toBuffer({ address, args }));
const bundle = (...elements: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from("#bundle\0\0\0\0\0\0\0\0\x01"), ...elements.flatMap((element) => [int32(element.length), element])]);

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

function errorOf(datagram: Uint8Array): string {
  const decoded = decode(datagram);
  return decoded.ok ? "" : decoded.error;
}

function argsOf(datagram: Uint8Array): readonly OscValue[] | undefined {
  const decoded = decode(datagram);
  return decoded.ok ? decoded.messages[0]?.args : undefined;
}

describe("type tags", () => {
  it.each<[string, OscArgOrArrayInput, OscValue]>([
    ["i", { type: "integer", value: -5 }, -5],
    ["f", { type: "float", value: 0.5 }, 0.5],
    ["s", { type: "string", value: "Grüße" }, "Grüße"],
    ["S", { type: "symbol", value: "sym" }, "sym"],
    ["c", { type: "character", value: "x" }, "x"],
    ["d", { type: "double", value: Math.PI }, Math.PI],
    ["h", { type: "bigint", value: 12_345_678_901n }, 12_345_678_901],
    ["t", { type: "timetag", value: new Date(1_700_000_000_500) }, 1_700_000_000.5],
    ["T", { type: "true" }, true],
    ["F", { type: "false" }, false],
    ["N", { type: "null" }, null],
    ["I", { type: "bang" }, true],
    ["m", { type: "midi", value: [1, 2, 3, 4] }, [1, 2, 3, 4]],
    ["b", { type: "blob", value: new Uint8Array([9, 8, 7]) }, [9, 8, 7]],
  ])("reads %s", (tag, input, value) => {
    const decoded = decode(message("/x", [input, { type: "integer", value: 1 }]));
    expect(decoded.ok && decoded.messages.map(({ tags, args }) => [tags, args])).toEqual([[`${tag}i`, [value, 1]]]);
  });

  it("reads a colour", () => {
    const datagram = Buffer.concat([Buffer.from("/x\0\0,r\0\0"), Buffer.from([1, 2, 3, 4])]);
    expect(argsOf(datagram)).toEqual([[1, 2, 3, 4]]);
  });

  it("flattens arrays, whose brackets stay in the tags", () => {
    const decoded = decode(message("/x", [{ type: "array", value: [{ type: "integer", value: 1 }, [{ type: "integer", value: 2 }]] }]));
    expect(decoded.ok && decoded.messages.map(({ tags, args }) => [tags, args])).toEqual([["[i[i]]", [1, 2]]]);
  });

  it("takes a message without type tags, as old senders write it", () => {
    expect(argsOf(Buffer.from("/old\0\0\0\0"))).toEqual([]);
  });

  it("accepts the zeros of a buffer that is always sent whole", () => {
    const zeros = Buffer.alloc(24);
    expect(argsOf(Buffer.concat([Buffer.from("/old\0\0\0\0"), zeros]))).toEqual([]);
    expect(argsOf(Buffer.concat([message("/a", [{ type: "integer", value: 7 }]), zeros]))).toEqual([7]);
  });
});

describe("bundles", () => {
  it("come out flat and in order", () => {
    const decoded = decode(bundle(message("/1"), bundle(message("/2"), bundle()), message("/3")));
    expect(decoded.ok && decoded.messages.map(({ address }) => address)).toEqual(["/1", "/2", "/3"]);
  });

  it.each([0, 1, 2, 3, 4, 5, 1000])("end where zeros begin: %i zeros", (zeros) => {
    const inner = Buffer.concat([bundle(message("/2")), Buffer.alloc(zeros)]);
    const decoded = decode(Buffer.concat([bundle(message("/1"), inner, message("/3")), Buffer.alloc(zeros)]));
    expect(decoded.ok && decoded.messages.map(({ address }) => address)).toEqual(["/1", "/2", "/3"]);
  });

  it("may have an element of length 0", () => {
    const decoded = decode(bundle(message("/1"), Buffer.alloc(0), message("/2")));
    expect(decoded.ok && decoded.messages.map(({ address }) => address)).toEqual(["/1", "/2"]);
  });

  it("may be as long as a datagram can be", () => {
    const full = bundle(...Array.from({ length: 4093 }, () => message("/x/y")));
    expect(full.length).toBe(65_504);
    const decoded = decode(full);
    expect(decoded.ok && decoded.messages.length).toBe(4093);
  });

  it("may be nested to the limit and no deeper", () => {
    const nested = (depth: number): Buffer => (depth === 0 ? message("/x") : bundle(nested(depth - 1)));
    expect(errorOf(nested(decodeLimits.bundleDepth))).toBe("");
    expect(errorOf(nested(decodeLimits.bundleDepth + 1))).toMatch(/nested deeper/);
  });

  it.each([
    ["a time tag cut short", Buffer.from("#bundle\0\0\0\0\0"), /within its time tag/],
    ["a size cut short", Buffer.concat([bundle(), Buffer.from([0, 1])]), /within the size/],
    ["an element longer than the packet", Buffer.concat([bundle(), int32(4)]), /longer than its bundle/],
    ["an element of negative size", Buffer.concat([bundle(), int32(-4)]), /longer than its bundle/],
    ["an element of a huge size", Buffer.concat([bundle(), int32(0x7f_ff_ff_ff)]), /longer than its bundle/],
    ["one bad element among good ones", bundle(message("/1"), Buffer.from("bad\0")), /not OSC/],
  ])("refuses %s", (_, datagram, reason) => {
    expect(errorOf(datagram)).toMatch(reason);
  });
});

describe("malformed messages", () => {
  it.each<[string, string | Buffer, RegExp]>([
    ["nothing", "", /empty packet/],
    ["text", "hello world", /not OSC: it begins with neither/],
    ["an address without slash", "abc\0", /not OSC/],
    ["an address without end", "/abc", /not padded/],
    ["an address with bad padding", "/a\0x", /address is not padded/],
    ["an endless address", `/${"a".repeat(decodeLimits.addressBytes)}\0\0\0\0`, /longer than 255/],
    ["tags without comma", "/a\0\0i\0\0\0", /without type tags/],
    ["arguments without tags", Buffer.concat([Buffer.from("/a\0\0"), int32(0x3f00_0000)]), /without type tags/],
    ["tags without end", "/a\0\0,iii", /tags are not padded/],
    ["a missing int", "/a\0\0,i\0\0", /argument of type "i"/],
    ["half a double", "/a\0\0,d\0\0\0\0\0\0", /argument of type "d"/],
    ["a string without end", "/a\0\0,s\0\0abcd", /argument of type "s"/],
    ["a blob of negative length", Buffer.concat([Buffer.from("/a\0\0,b\0\0"), int32(-1)]), /argument of type "b"/],
    ["a blob longer than the packet", Buffer.concat([Buffer.from("/a\0\0,b\0\0"), int32(64)]), /argument of type "b"/],
    ["a blob without length", "/a\0\0,b\0\0", /argument of type "b"/],
    ["a character beyond Unicode", Buffer.concat([Buffer.from("/a\0\0,c\0\0"), int32(0x11_0000)]), /argument of type "c"/],
    ["an unknown tag", "/a\0\0,Q\0\0", /argument of type "Q"/],
    ["an array without end", "/a\0\0,[\0\0", /without its end/],
    ["an array without beginning", "/a\0\0,]\0\0", /do not match/],
    ["arrays nested without limit", `/a\0\0,${"[".repeat(1000)}${"]".repeat(1000)}\0\0\0`, /nest too deep/],
    ["more bytes than one packet may have", Buffer.alloc(decodeLimits.datagramBytes + 1, "/"), /longer than 65507/],
  ])("%s", (_, datagram, reason) => {
    expect(errorOf(Buffer.from(datagram))).toMatch(reason);
  });
});

describe("any bytes", () => {
  const pieces = fc.constantFrom("#bundle\0", "/a\0\0", "/x/y/z\0\0", ",i\0\0", ",[f]", ",sbT\0\0\0", "\0\0\0\0", "\0\0\0\x04", "\xff\xff\xff\xff");
  const packet = fc.array(fc.oneof(pieces.map((piece) => Buffer.from(piece, "latin1")), fc.uint8Array({ maxLength: 40 }))).map((parts) => Buffer.concat(parts));

  it("never make it throw, neither at once nor when the arguments are read", () => {
    fc.assert(
      fc.property(packet, (datagram) => {
        const decoded = decode(datagram);
        expect(decoded.ok ? decoded.messages.every(({ args }) => Array.isArray(args)) : decoded.error !== "").toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("are accepted exactly when osc-min can read them, apart from padding", () => {
    const isPadded = (datagram: Buffer): boolean => {
      const end = datagram.indexOf(0);
      return end > 0 && datagram.length > (Math.floor(end / 4) + 1) * 4 && datagram.subarray(end).every((byte) => byte === 0);
    };
    const single = packet.filter((datagram) => datagram[0] === 0x2f && !isPadded(datagram));
    fc.assert(
      fc.property(single, (datagram) => {
        expect(decode(datagram).ok).toBe(readable(datagram));
      }),
      { numRuns: 2000 },
    );
  });

  it("are read as osc-min reads them", () => {
    const int32s = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const byte = fc.integer({ min: 0, max: 255 });
    const bytesOf = (maxLength: number): fc.Arbitrary<DataView> => fc.uint8Array({ maxLength }).map((array) => new DataView(array.slice().buffer));
    const kinds: fc.Arbitrary<OscArgOrArrayInput>[] = [
      int32s.map((value) => ({ type: "integer", value })),
      fc.float().map((value) => ({ type: "float", value })),
      fc.double().map((value) => ({ type: "double", value })),
      fc.string({ unit: "binary" }).map((text) => ({ type: "string", value: text.replaceAll("\0", "") })),
      fc.string({ unit: "grapheme" }).map((text) => ({ type: "symbol", value: `\ufeff${text.replaceAll("\0", "")}` })),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).filter((text) => Array.from(text).length === 1).map((value) => ({ type: "character", value })),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => ({ type: "bigint", value })),
      fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 2 ** 32 - 1 })).map((value) => ({ type: "timetag", value })),
      fc.constantFrom<OscArgOrArrayInput[]>({ type: "true" }, { type: "false" }, { type: "null" }, { type: "bang" }),
      fc.tuple(byte, byte, byte, byte).map((value) => ({ type: "midi", value })),
      bytesOf(17).map((value) => ({ type: "blob", value })),
    ];
    const single = fc.oneof(...kinds);
    const several = fc.array(fc.oneof(single, fc.array(single, { maxLength: 3 })), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom("/a", "/abc", "/längere/adresse"), several, (address, args) => {
        const datagram = message(address, args);
        const packet = fromBuffer(datagram);
        expect(argsOf(datagram)).toEqual(packet.oscType === "message" ? plainValues(packet.args) : undefined);
      }),
      { numRuns: 500 },
    );
  });

  it("cut short anywhere are refused or read as a shorter packet, never read beyond their end", () => {
    const whole = message("/cut", [{ type: "string", value: "abcdefg" }, { type: "blob", value: new Uint8Array(9) }, { type: "double", value: 1 }]);
    const neighbour = Buffer.concat([whole, Buffer.alloc(64, 0xff)]);
    for (let end = 0; end < whole.length; end += 1) expect(decode(neighbour.subarray(0, end)).ok).toBe(end === 8);
  });

  it("cost little, even when made to cost much", () => {
    const head = "#bundle\0\0\0\0\0\0\0\0\x01";
    const worst: [string, number][] = [
      [`${head}${"\0\0\0\x04/a\0\0".repeat(1022)}`, 1022],
      [`/a\0\0,${"N".repeat(8179)}\0\0\0\0`, 8179],
      [`/a\0\0,${"s".repeat(1599)}\0\0\0\0${"\0\0\0\0".repeat(1599)}`, 1599],
      [`/a\0\0,${"[N]".repeat(2726)}\0`, 2726],
    ];
    for (const [datagram, values] of worst) {
      const decoded = decode(Buffer.from(datagram));
      const messages = decoded.ok ? decoded.messages : [];
      expect(messages.reduce((sum, { args }) => sum + Math.max(1, args.length), 0)).toBe(values);
    }
  });
});

/** The values as osc-min has them, in the form of ours. */
function plainValues(args: readonly OscArgOutputOrArray[]): unknown[] {
  return args.flatMap((argument) => {
    switch (argument.type) {
      case "array":
        return plainValues(argument.value);
      case "bigint":
        return [Number(argument.value)];
      case "blob":
        return [[...new Uint8Array(argument.value.buffer, argument.value.byteOffset, argument.value.byteLength)]];
      case "timetag":
        return [argument.value[0] - 2_208_988_800 + argument.value[1] / 2 ** 32];
      case "bang":
        return [true];
      default:
        return [argument.value];
    }
  });
}

function readable(datagram: Buffer): boolean {
  try {
    fromBuffer(datagram);
    return true;
  } catch {
    return false;
  }
}

it("a message of a long bundle does not keep the bundle in memory", () => {
  const decoded = decode(bundle(message("/a", [{ type: "integer", value: 7 }]), message("/b", [{ type: "string", value: "x".repeat(9000) }])));
  const messages = decoded.ok ? decoded.messages : [];
  expect(messages.map(({ bytes: { buffer } }) => buffer.byteLength)).toEqual([12, expect.any(Number)]);
  expect(messages[0]?.args).toEqual([7]);
});

it("reads a packet with nothing but type tags", () => {
  const tags = "TFNI".repeat(15_000);
  const decoded = decode(Buffer.concat([Buffer.from("/a\0\0"), Buffer.from(`,${tags}\0\0\0`)]));
  const [message] = decoded.ok ? decoded.messages : [];
  const values = message?.args ?? [];
  expect([values.length, ...values.slice(-4)]).toEqual([60_000, true, false, null, true]);
});

/** One message of `count` tags with these bytes each, padded. */
const manyOf = (count: number, tags: string, each: Uint8Array): Buffer => {
  const text = `,${tags.repeat(count)}`;
  return Buffer.concat([Buffer.from("/a\0\0"), Buffer.from(text + "\0".repeat(4 - (text.length % 4))), ...Array.from({ length: count }, () => each)]);
};

describe("a packet 64 times as long costs about 64 times as much, not 4096 times", () => {
  it.each<[string, number, (count: number) => Buffer]>([
    ["tags alone", 15_000, (count) => manyOf(count, "TFNI", new Uint8Array())],
    ["arrays", 20_000, (count) => manyOf(count, "[T]", new Uint8Array())],
    ["numbers", 12_000, (count) => manyOf(count, "i", int32(7))],
    ["texts", 12_000, (count) => manyOf(count, "s", Buffer.from("abc\0"))],
    ["empty blobs", 12_000, (count) => manyOf(count, "b", int32(0))],
    ["one long blob", 57_600, (count) => Buffer.concat([Buffer.from("/a\0\0,b\0\0"), int32(count), Buffer.alloc(count, 1)])],
    ["messages of a bundle", 2000, (count) => bundle(...Array.from({ length: count }, () => Buffer.from("/a\0\0,T\0\0")))],
    ["empty elements of a bundle", 16_000, (count) => bundle(...Array.from({ length: count }, () => Buffer.alloc(0)))],
    ["zeros behind a message", 60_000, (count) => Buffer.concat([Buffer.from("/a\0\0"), Buffer.alloc(count)])],
  ])("%s", { timeout: 120_000 }, (_name, most, packetOf) => {
    const packets = [packetOf(Math.round(most / 64)), packetOf(most)];
    // The least of many turns is what the work costs: whatever else this machine does only adds to a turn.
    const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let turn = 0; turn < 20 && (turn < 2 || (least[1] ?? 0) < 300_000_000); turn += 1) {
      for (const [index, packet] of packets.entries()) {
        const begun = process.hrtime.bigint();
        const decoded = decode(packet);
        const values = decoded.ok ? decoded.messages.reduce((sum, { args }) => sum + args.length, 0) : Number.NaN;
        least[index] = Math.min(least[index] ?? 0, Number(process.hrtime.bigint() - begun));
        expect(values).not.toBeNaN();
      }
    }
    const [small = 0, large = 0] = least;
    // Half way between the two, as factors; 20 us more, for what is too short to be measured.
    expect(large).toBeLessThan(512 * small + 20_000);
  });
});
