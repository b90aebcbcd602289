/**
 * One argument as a plain value that JSON can carry: `i f d h` numbers (`h` loses digits beyond 2^53), `s S c` texts,
 * `T F` booleans, `I` true, `N` null, `t` seconds since 1970, `b m r` lists of byte values.
 */
export type OscValue = number | string | boolean | null | readonly number[];

/** Seconds between 1900, where NTP begins, and 1970. */
const ntpToUnix = 2_208_988_800;

/**
 * The values of a message that was checked before (see `decode`), arrays flattened. Every message of a stream passes here, so one pass
 * over its bytes makes nothing but the values.
 * @param bytes the whole message @param tags its type tags, without the comma
 */
export function readArguments(bytes: Uint8Array, tags: string): OscValue[] {
  const packet = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: OscValue[] = [];
  let offset = endOfString(packet, endOfString(packet, 0));
  for (const tag of tags) {
    switch (tag) {
      case "i":
        values.push(packet.readInt32BE(offset));
        offset += 4;
        break;
      case "f":
        values.push(packet.readFloatBE(offset));
        offset += 4;
        break;
      case "s":
      case "S":
        values.push(withoutMark(packet.toString("utf8", offset, packet.indexOf(0, offset))));
        offset = endOfString(packet, offset);
        break;
      case "T":
      case "I":
        values.push(true);
        break;
      case "F":
        values.push(false);
        break;
      case "N":
        values.push(null);
        break;
      case "c":
        values.push(String.fromCodePoint(packet.readUInt32BE(offset)));
        offset += 4;
        break;
      case "d":
        values.push(packet.readDoubleBE(offset));
        offset += 8;
        break;
      case "h":
        values.push(Number(packet.readBigInt64BE(offset)));
        offset += 8;
        break;
      case "t":
        values.push(packet.readUInt32BE(offset) - ntpToUnix + packet.readUInt32BE(offset + 4) / 2 ** 32);
        offset += 8;
        break;
      case "m":
      case "r":
        values.push([...packet.subarray(offset, offset + 4)]);
        offset += 4;
        break;
      case "b": {
        const from = offset + 4;
        const length = packet.readInt32BE(offset);
        values.push([...packet.subarray(from, from + length)]);
        offset = from + Math.ceil(length / 4) * 4;
        break;
      }
      // The brackets of arrays have no bytes.
      default:
    }
  }
  return values;
}

/** Where the string at `offset` ends, with its padding of 1 to 4 zeros. */
function endOfString(packet: Buffer, offset: number): number {
  return offset + (Math.floor((packet.indexOf(0, offset) - offset) / 4) + 1) * 4;
}

/** Without the mark of the byte order, which some senders write before each text. */
function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}
