import { decode } from "@vj/telemetry";

/** One OSC message as it was sent. */
export interface RawMessage {
  readonly address: string;
  readonly bytes: Uint8Array;
}

const longestAddress = 255;

/** The messages of a datagram with their exact bytes, bundles flattened in order; empty when it is not OSC. Never throws. */
export function splitPacket(packet: Uint8Array): RawMessage[] {
  if (packet[0] !== 0x2f) return splitBundle(packet);
  const end = packet.indexOf(0);
  if (end < 0 || end > longestAddress) return [];
  return [{ address: Buffer.from(packet.buffer, packet.byteOffset, end).toString(), bytes: packet }];
}

function splitBundle(packet: Uint8Array): RawMessage[] {
  const decoded = decode(packet);
  return decoded.ok ? decoded.messages.map(({ address, bytes }) => ({ address, bytes })) : [];
}
