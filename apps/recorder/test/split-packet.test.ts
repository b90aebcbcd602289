import { audioOsc } from "@vj/schema";
import { decode, encode } from "@vj/telemetry";
import { fc } from "@vj/test-kit/properties";
import { expect, it } from "vitest";
import { AddressBook } from "../src/address-book.ts";
import { PacketSplitter } from "../src/split-packet.ts";

const splitter = new PacketSplitter();

function messagesOf(packet: Uint8Array): string[] {
  const found: string[] = [];
  for (const message = splitter.split(packet); message.next(); ) found.push(Buffer.from(packet.subarray(message.begin, message.end)).toString("latin1"));
  return found;
}

/** The same, by the decoder; undefined when it refuses the packet. */
function decodedOf(packet: Uint8Array): string[] | undefined {
  const decoded = decode(packet);
  return decoded.ok ? decoded.messages.map(({ bytes }) => Buffer.from(bytes).toString("latin1")) : undefined;
}

function message(level: number): Buffer {
  const encoded = encode("/audio/beat", audioOsc["/audio/beat"], [1, level]);
  if (!encoded.ok) throw new Error(encoded.error);
  return Buffer.from(encoded.bytes);
}

function bundle(elements: readonly Uint8Array[]): Buffer {
  const sized = elements.flatMap((element) => {
    const size = Buffer.alloc(4);
    size.writeInt32BE(element.byteLength);
    return [size, element];
  });
  return Buffer.concat([Buffer.from("#bundle\0\0\0\0\0\0\0\0\u0001", "latin1"), ...sized]);
}

const packets = fc.letrec<{ packet: Buffer }>((tie) => ({
  packet: fc.oneof({ maxDepth: 3 }, fc.float({ noNaN: true }).map(message), fc.array(tie("packet"), { maxLength: 5 }).map(bundle)),
})).packet;

it("finds the messages that the decoder finds, with their bytes and in their order", () => {
  fc.assert(
    fc.property(packets, fc.nat(20), (packet, padding) => {
      const padded = Buffer.concat([packet, Buffer.alloc(padding)]);
      expect(messagesOf(padded)).toEqual(decodedOf(padded));
    }),
  );
});

it("finds no fewer than the decoder in any bytes, never throws, and takes nothing of a bundle that is cut", () => {
  fc.assert(
    fc.property(packets, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }), fc.nat(), (packet, changes, cut) => {
      const changed = Buffer.from(packet);
      for (const [at, value] of changes) changed[at % changed.length] = value;
      for (const one of [changed, changed.subarray(0, cut % changed.length)]) {
        const found = messagesOf(one);
        expect(found).toEqual(decodedOf(one) ?? found);
      }
    }),
  );
  const whole = bundle([message(1), message(2)]);
  expect(messagesOf(whole)).toHaveLength(2);
  expect(messagesOf(whole.subarray(0, whole.length - 8))).toEqual([]);
  expect(messagesOf(Buffer.from("no osc"))).toEqual([]);
  expect(messagesOf(Buffer.alloc(70_000, "/"))).toEqual([]);
});

it("knows addresses by their bytes, also two of one hash and more than it keeps", () => {
  const asked: string[] = [];
  const book = new AddressBook((address) => {
    asked.push(address);
    return !address.startsWith("/karaoke/");
  });
  const find = (text: string): string | undefined => {
    const data = Buffer.from(`??${text}\0,\0\0\0`);
    return book.find({ data, begin: 2, end: data.byteLength })?.address;
  };
  // Both have the same FNV-1a hash of 32 bits.
  for (const _ of [1, 2, 3]) for (const address of ["/pquifup", "/fvrgmue", "/a/b", "/ä/ö", "/karaoke/x"]) expect(find(address)).toBe(address);
  expect(asked).toHaveLength(5);
  expect(book.get("/karaoke/x").wanted).toBe(false);
  for (let index = 0; index < 12_000; index += 1) expect(find(`/made/up/${index}`)).toBe(`/made/up/${index}`);
  expect(find("/a/b")).toBe("/a/b");
  expect(find("/".repeat(256))).toBeUndefined();
  const endless = Buffer.from("/endless");
  expect(book.find({ data: endless, begin: 0, end: endless.byteLength })).toBeUndefined();
});
