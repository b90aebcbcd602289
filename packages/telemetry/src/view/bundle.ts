import { limits } from "@vj/schema";

/** "#bundle", and the time tag that means "at once". */
const head = Uint8Array.of(0x23, 0x62, 0x75, 0x6e, 0x64, 0x6c, 0x65, 0, 0, 0, 0, 0, 0, 0, 0, 1);
const lengthBytes = 4;

/**
 * Puts encoded messages into as few datagrams as hold them, in order (OSC 1.0, bundles). A message that is alone in its
 * datagram, or too large for a bundle, stays as it is.
 */
export function bundle(messages: readonly Uint8Array[]): Uint8Array[] {
  const datagrams: Uint8Array[] = [];
  let held: Uint8Array[] = [];
  let bytes = head.byteLength;
  const flush = (): void => {
    const [first] = held;
    if (first !== undefined) datagrams.push(held.length === 1 ? first : pack(held, bytes));
    held = [];
    bytes = head.byteLength;
  };
  for (const message of messages) {
    if (bytes + lengthBytes + message.byteLength > limits.datagramBytes) flush();
    held.push(message);
    bytes += lengthBytes + message.byteLength;
  }
  flush();
  return datagrams;
}

function pack(messages: readonly Uint8Array[], bytes: number): Uint8Array {
  const packed = new Uint8Array(bytes);
  const view = new DataView(packed.buffer);
  packed.set(head);
  let at = head.byteLength;
  for (const message of messages) {
    view.setUint32(at, message.byteLength);
    packed.set(message, at + lengthBytes);
    at += lengthBytes + message.byteLength;
  }
  return packed;
}
