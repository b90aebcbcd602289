import { headOf } from "./head.ts";

/** Every number of OSC 1.0 that we send takes four bytes, and so do its tags. */
export const numberBytes = 4;
const comma = 0x2c;

/** A message with one number as it stands in a bundle, but for the number: its length, its address, its tags. */
export interface NumberPart {
  /** All of them in words of four bytes, the first byte highest: they are written faster than single bytes. */
  readonly words: Int32Array;
  readonly tag: "i" | "f";
  /** Bytes of the message, its number included, its length not. */
  readonly size: number;
}

/** The part of an outgoing address. */
export function numberPart(address: string, tag: "i" | "f"): NumberPart {
  const head = headOf(address);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const inHead = head.byteLength / numberBytes;
  const words = new Int32Array(inHead + 2);
  const size = head.byteLength + 2 * numberBytes;
  words[0] = size;
  for (let index = 0; index < inHead; index += 1) words[index + 1] = view.getInt32(index * numberBytes);
  words[inHead + 1] = (comma << 24) | (tag.charCodeAt(0) << 16);
  return { words, tag, size };
}
