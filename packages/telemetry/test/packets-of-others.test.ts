import { describe, expect, it } from "vitest";
import { decode } from "../src/index.ts";

/** The address and arguments of each message as text; or the fault of the packet. */
function read(hex: string): readonly string[] | string {
  const decoded = decode(Buffer.from(hex, "hex"));
  return decoded.ok ? decoded.messages.map(({ address, args }) => `${address} ${JSON.stringify(args)}`) : decoded.error;
}

const bundle = "2362756e646c65000000000000000001";
const innermost = "000000102f646565700000002c69000000000001";
const sizes = ["24", "38", "4c", "60", "74", "88", "9c"];
const nested = sizes.reduce((inner, size) => `000000${size}${bundle}${inner}`, innermost);

describe("packets as other programs send them", () => {
  it.each([
    ["zeros behind the last element", `${bundle}000000102f6100002c7300007465737400000000000000102f6200002c73000074657374320000000000000000000000000000000000000000000000`, ['/a ["test"]', '/b ["test2"]']],
    ["an element of length 0", `${bundle}000000000000000c2f7800002c69000000000001`, ["/x [1]"]],
    ["TouchDesigner without arguments", "2f766a2f6e65787400000000", ["/vj/next []"]],
    ["X32 without type tags", "2f696e666f000000", ["/info []"]],
    ["SuperCollider: a blob padded with rubbish", "2f746573740000002c6200000000000301020304", ["/test [[1,2,3]]"]],
    ["SuperCollider: an int behind such a blob", "2f746573740000002c626900000000030102030400000007", ["/test [[1,2,3],7]"]],
    ["SharpOSC: four bytes too many behind a blob", `${bundle}000000142f6200002c620000000000040102030400000000000000102f616674657200002c69000000000001`, ["/b [[1,2,3,4]]", "/after [1]"]],
    ["an empty bundle", bundle, []],
    ["an empty bundle in a bundle", `${bundle}00000010${bundle}0000000c2f7800002c69000000000001`, ["/x [1]"]],
    ["eight bundles, each in the next", `${bundle}${nested}`, ["/deep [1]"]],
    ["true, false, nothing, infinitum", "2f74666e690000002c54464e49000000", ["/tfni [true,false,null,true]"]],
    ["nested arrays", "2f617272000000002c695b66665b735d5d690000000000013f0000003e8000007800000000000002", ['/arr [1,0.5,0.25,"x",2]']],
    ["a character", "2f6300002c63000000000041", ['/c ["A"]']],
    ["a colour", "2f7200002c720000ff8000ff", ["/r [[255,128,0,255]]"]],
    ["a double", "2f6400002c6400003fb999999999999a", ["/d [0.1]"]],
    ["an integer beyond 2^53, whose last digit is lost", "2f6800002c6800000020000000000001", ["/h [9007199254740992]"]],
    ["MIDI", "2f6d00002c6d000000903c7f", ["/m [[0,144,60,127]]"]],
    ["a symbol", "2f5300002c53000073796d00", ['/S ["sym"]']],
    ["a time tag", "2f7400002c740000e8fe6f8000000000", ["/t [1700000000]"]],
  ])("are read: %s", (_, hex, messages) => {
    expect(read(hex)).toEqual(messages);
  });

  it.each([
    ["an address without padding", "2f676f", /not padded/],
    ["an address without slash", "66756c6c73637265656e00002c69000000000001", /neither \/ nor #bundle/],
    ["text", "68656c6c6f20776f726c64", /neither \/ nor #bundle/],
    ["an end without padding", "2f6100002c6600003f8000", /cut short/],
    ["X32: arguments without type tags", "2f63682f30312f6d69782f6661646572000000003f000000", /\/ch\/01\/mix\/fader has arguments without type tags/],
  ])("are refused with the reason: %s", (_, hex, reason) => {
    expect(read(hex)).toMatch(reason);
  });
});
