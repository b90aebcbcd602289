import { contractOsc, limits, plainTargetView, targetShapes } from "@vj/schema";
import type { TargetView } from "@vj/schema";
import { toBuffer } from "osc-min";
import type { OscArgInput } from "osc-min";
import { expect, it } from "vitest";
import type { CheckedMessage } from "../../src/index.ts";
import { rendering } from "../../src/view/render.ts";
import { shapes } from "../../src/view/shapes.ts";
import { View } from "../../src/view/view.ts";
import { golden } from "../golden.ts";
import { checked } from "./checked.ts";

/** A message as another library writes it, under a prefix. */
function written({ address, definition, values }: CheckedMessage, prefix: string): Buffer {
  const args = values.map((value, index): OscArgInput => {
    if (typeof value === "string") return { type: "string", value };
    return { type: definition.args[index]?.tag === "i" ? "integer" : "float", value };
  });
  const { buffer, byteOffset, byteLength } = toBuffer({ address: prefix + address, args });
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Messages in as few datagrams as hold them, in order; one alone without a bundle. */
function bundled(messages: readonly Buffer[]): Buffer[] {
  const datagrams: Buffer[][] = [];
  let room = 0;
  for (const message of messages) {
    if (room < message.length + 4) {
      datagrams.push([]);
      room = limits.datagramBytes - 16;
    }
    datagrams.at(-1)?.push(message);
    room -= message.length + 4;
  }
  return datagrams.map((parts) => {
    const [first] = parts;
    if (first !== undefined && parts.length === 1) return first;
    const head = Buffer.concat([Buffer.from("#bundle\0"), Buffer.from([0, 0, 0, 0, 0, 0, 0, 1])]);
    return Buffer.concat([head, ...parts.flatMap((part) => [Buffer.from([0, 0, part.length >> 8, part.length & 255]), part])]);
  });
}

const ways = { plain: {}, prefixed: { prefix: "/vj" }, paced: { on_change: true }, "prefixed and paced": { prefix: "/vj", rate: 1000 } } satisfies Record<string, Partial<TargetView>>;
const cases = targetShapes.flatMap((shape) => Object.entries(ways).map(([way, keys]): [TargetView["shape"], string, Partial<TargetView>] => [shape, way, keys]));

it.each(cases)("every address has the bytes of another library in the shape %s, %s, first and with other values", async (shape, _way, keys) => {
  const out: Uint8Array[] = [];
  const view = new View({ ...plainTargetView, shape, ...keys }, { send: (datagrams) => out.push(...datagrams), sendStream: (datagram) => out.push(datagram), onFault: () => {}, onOversize: () => {} });
  const isBundled = shape === "flat" || shape === "synesthesia";
  let seen = 0;
  for (const round of [0, 1]) {
    for (const [address, { values }] of Object.entries(golden)) {
      const message = checked(address, values.map((value) => (typeof value === "number" ? value * (1 - round / 4) : `${value}${round}`)).map((value, index) => (contractTag(address, index) === "i" ? Math.trunc(Number(value)) : value)));
      out.length = 0;
      view.send(rendering(message));
      await Promise.resolve();
      const expected = shapes[shape](message).map((one) => written(one, keys.prefix ?? ""));
      // What stays as it was does not go out again when only changes do.
      if (round === 1 && keys.on_change === true) continue;
      expect(out.map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual((isBundled ? bundled(expected) : expected).map((bytes) => bytes.toString("hex")));
      seen += expected.length;
    }
  }
  view.close();
  expect(seen).toBeGreaterThan(20);
});

function contractTag(address: string, index: number): string | undefined {
  return Object.entries(contractOsc).find(([name]) => name === address)?.[1].args[index]?.tag;
}
