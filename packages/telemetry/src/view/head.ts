const encoder = new TextEncoder();
/** Encoded addresses that are kept; a rig has some hundred. */
const kept = 4096;
const heads = new Map<string, Uint8Array>();

/** An address as it is encoded (OSC 1.0): ended by a zero, and padded to four bytes. */
export function headOf(address: string): Uint8Array {
  const known = heads.get(address);
  if (known !== undefined) return known;
  const text = encoder.encode(address);
  const head = new Uint8Array((text.byteLength & ~3) + 4);
  head.set(text);
  if (heads.size >= kept) heads.clear();
  heads.set(address, head);
  return head;
}

/** An encoded message under another address: its type tags and values stay byte for byte. @param from bytes of its own head */
export function renamed(bytes: Uint8Array, from: number, head: Uint8Array): Uint8Array {
  // From the pool of the runtime: memory of its own costs more than the rest.
  const result = Buffer.allocUnsafe(head.byteLength + bytes.byteLength - from);
  result.set(head);
  result.set(bytes.subarray(from), head.byteLength);
  return result;
}
