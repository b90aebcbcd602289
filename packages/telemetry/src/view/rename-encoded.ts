const encoder = new TextEncoder();
/** Encoded addresses that are kept; a rig has some hundred. */
const kept = 4096;
const heads = new Map<string, Uint8Array>();

/** An encoded message under another address: its type tags and values stay byte for byte (OSC 1.0: texts are padded to four bytes). */
export function renameEncoded(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const head = headOf(to);
  const rest = bytes.subarray(headOf(from).byteLength);
  const renamed = new Uint8Array(head.byteLength + rest.byteLength);
  renamed.set(head);
  renamed.set(rest, head.byteLength);
  return renamed;
}

/** An address as it is encoded: ended by a zero, and padded. */
function headOf(address: string): Uint8Array {
  const known = heads.get(address);
  if (known !== undefined) return known;
  const text = encoder.encode(address);
  const head = new Uint8Array((text.byteLength & ~3) + 4);
  head.set(text);
  if (heads.size >= kept) heads.clear();
  heads.set(address, head);
  return head;
}
