/**
 * One argument as a plain value that JSON can carry: `i f d h` numbers (`h` loses digits beyond 2^53), `s S c` texts,
 * `T F` booleans, `I` true, `N` null, `t` seconds since 1970, `b m r` lists of byte values.
 */
export type OscValue = number | string | boolean | null | readonly number[];

const utf8 = new TextDecoder();
/** Seconds between 1900, where NTP begins, and 1970. */
const ntpToUnix = 2_208_988_800;

/**
 * The arguments of one message, those of arrays among them, in order. A packet may have 65,000 of them, so none may cost more than its bytes.
 * @param bytes a message that `decode` has checked @param tags its type tags without the comma
 */
export function readArguments(bytes: Uint8Array, tags: string): OscValue[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: OscValue[] = [];
  let at = afterText(bytes, afterText(bytes, 0));
  for (const tag of tags) {
    switch (tag) {
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
      case "i":
        values.push(view.getInt32(at));
        at += 4;
        break;
      case "f":
        values.push(view.getFloat32(at));
        at += 4;
        break;
      case "c":
        values.push(String.fromCodePoint(view.getUint32(at)));
        at += 4;
        break;
      case "r":
      case "m":
        values.push([...bytes.subarray(at, at + 4)]);
        at += 4;
        break;
      case "d":
        values.push(view.getFloat64(at));
        at += 8;
        break;
      case "h":
        values.push(Number(view.getBigInt64(at)));
        at += 8;
        break;
      case "t":
        values.push(view.getUint32(at) - ntpToUnix + view.getUint32(at + 4) / 2 ** 32);
        at += 8;
        break;
      case "s":
      case "S":
        values.push(utf8.decode(bytes.subarray(at, bytes.indexOf(0, at))));
        at = afterText(bytes, at);
        break;
      case "b": {
        const length = view.getInt32(at);
        values.push([...bytes.subarray(at + 4, at + 4 + length)]);
        at += 4 + Math.ceil(length / 4) * 4;
        break;
      }
    }
  }
  return values;
}

/** Behind a text and its padding of 1 to 4 zeros. */
function afterText(bytes: Uint8Array, from: number): number {
  return from + Math.floor((bytes.indexOf(0, from) - from) / 4 + 1) * 4;
}
