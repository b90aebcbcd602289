import { ReceivedMessage } from "./message.ts";

/** The messages of one datagram, bundles flattened in order, or the reason why it is invalid. */
export type Decoded = { ok: true; messages: ReceivedMessage[] } | { ok: false; error: string };

/**
 * Limits for hostile packets. `datagramBytes` is the longest payload that UDP over IPv4 carries; every element of a
 * bundle takes 4 bytes, so the size limits their number too.
 */
export const decodeLimits = { datagramBytes: 65_507, addressBytes: 255, bundleDepth: 8, arrayDepth: 8 } as const;

/** "#bundle" and a zero, in two words. */
const [bundleBegin, bundleEnd] = [0x23_62_75_6e, 0x64_6c_65_00];

/**
 * Reads an OSC 1.0 or 1.1 packet. The whole packet is checked here, values are decoded when `args` is read. Time tags are
 * ignored: everything counts as "now". One invalid element makes the packet invalid. Zeros after a message or after the
 * last element of a bundle are padding: some senders always send their whole buffer. Never throws.
 */
export function decode(datagram: Uint8Array): Decoded {
  if (datagram.byteLength > decodeLimits.datagramBytes) {
    return { ok: false, error: `longer than ${decodeLimits.datagramBytes} bytes` };
  }
  const messages: ReceivedMessage[] = [];
  const packet = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const error = readPacket(packet, 0, messages);
  if (error === undefined && packet.byteLength > smallBundle && packet[0] !== slash) return { ok: true, messages: messages.map(apart) };
  return error === undefined ? { ok: true, messages } : { ok: false, error };
}

const slash = 0x2f;
/** Messages of a longer bundle are copied, because each of them would keep the whole bundle in memory; bytes. */
const smallBundle = 4096;

function apart({ address, tags, bytes }: ReceivedMessage): ReceivedMessage {
  return new ReceivedMessage(address, tags, Uint8Array.prototype.slice.call(bytes));
}

/** Appends the messages of `packet` to `out`; returns the fault, or undefined. */
function readPacket(packet: Buffer, depth: number, out: ReceivedMessage[]): string | undefined {
  const isBundle = packet.length >= 8 && packet.readInt32BE(0) === bundleBegin && packet.readInt32BE(4) === bundleEnd;
  return isBundle ? readBundle(packet, depth, out) : readMessage(packet, out);
}

function readBundle(packet: Buffer, depth: number, out: ReceivedMessage[]): string | undefined {
  if (depth === decodeLimits.bundleDepth) return `bundles nested deeper than ${decodeLimits.bundleDepth}`;
  if (packet.length < 16) return "a bundle ends within its time tag";
  let offset = 16;
  while (offset < packet.length) {
    if (offset + 4 > packet.length) return isZero(packet, offset) ? undefined : "a bundle ends within the size of an element";
    const start = offset + 4;
    offset = start + packet.readInt32BE(offset);
    if (offset === start) continue;
    if (offset < start || offset > packet.length) return "an element of a bundle is longer than its bundle";
    const error = readPacket(packet.subarray(start, offset), depth + 1, out);
    if (error !== undefined) return error;
  }
  return undefined;
}

function readMessage(packet: Buffer, out: ReceivedMessage[]): string | undefined {
  if (packet.length === 0) return "an empty packet";
  if (packet[0] !== 0x2f) return "not OSC: it begins with neither / nor #bundle";
  const addressEnd = packet.indexOf(0);
  const afterAddress = afterString(packet, 0, addressEnd);
  if (afterAddress === undefined) return "the address is not padded with zeros to a multiple of 4 bytes";
  if (afterAddress > decodeLimits.addressBytes) return `an address longer than ${decodeLimits.addressBytes} bytes`;
  const address = packet.toString("utf8", 0, addressEnd);
  if (isZero(packet, afterAddress)) {
    out.push(new ReceivedMessage(address, "", packet));
    return undefined;
  }
  if (packet[afterAddress] !== 0x2c) return `${address} has arguments without type tags`;
  const tagsEnd = packet.indexOf(0, afterAddress);
  const afterTags = afterString(packet, afterAddress, tagsEnd);
  if (afterTags === undefined) return `${address}: the type tags are not padded with zeros to a multiple of 4 bytes`;
  const tags = packet.toString("latin1", afterAddress + 1, tagsEnd);
  const error = checkArguments(packet, afterTags, tags);
  if (error !== undefined) return `${address}: ${error}`;
  out.push(new ReceivedMessage(address, tags, packet));
  return undefined;
}

function checkArguments(packet: Buffer, start: number, tags: string): string | undefined {
  let offset: number | undefined = start;
  let depth = 0;
  for (const tag of tags) {
    if (tag === "[") depth += 1;
    else if (tag === "]") depth -= 1;
    else offset = skipArgument(packet, offset, tag);
    if (depth < 0 || depth > decodeLimits.arrayDepth) return "brackets of an array that do not match or nest too deep";
    if (offset === undefined) return `an argument of type "${tag}" is cut short, or the type is unknown`;
  }
  return depth === 0 ? undefined : "an array without its end";
}

/** End of the argument at `offset`; undefined when it is malformed. */
function skipArgument(packet: Buffer, offset: number, tag: string): number | undefined {
  switch (tag) {
    case "T":
    case "F":
    case "N":
    case "I":
      return offset;
    case "i":
    case "f":
    case "r":
    case "m":
      return within(packet, offset + 4);
    case "c":
      return within(packet, offset + 4) !== undefined && packet.readUInt32BE(offset) <= 0x10_ffff ? offset + 4 : undefined;
    case "d":
    case "h":
    case "t":
      return within(packet, offset + 8);
    case "s":
    case "S":
      return skipString(packet, offset);
    case "b": {
      const length = within(packet, offset + 4) === undefined ? -1 : packet.readInt32BE(offset);
      return length < 0 ? undefined : within(packet, offset + 4 + padded(length));
    }
    default:
      return undefined;
  }
}

/** End of the string at `offset`, including its padding of 1 to 4 zeros; undefined when it has none. */
function skipString(packet: Buffer, offset: number): number | undefined {
  return afterString(packet, offset, packet.indexOf(0, offset));
}

/** The same for a string whose first zero was found. @param end -1 when there is none */
function afterString(packet: Buffer, offset: number, end: number): number | undefined {
  if (end < 0 || offset >= packet.length) return undefined;
  const next = within(packet, offset + padded(end - offset + 1));
  if (next === undefined) return undefined;
  for (let index = end; index < next; index += 1) if (packet[index] !== 0) return undefined;
  return next;
}

/** Whether all bytes from `offset` to the end are zero, or there are none. */
function isZero(packet: Buffer, offset: number): boolean {
  for (let index = offset; index < packet.length; index += 1) if (packet[index] !== 0) return false;
  return true;
}

function within(packet: Buffer, end: number): number | undefined {
  return end <= packet.length ? end : undefined;
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
