import type { Bytes } from "./bytes.ts";
import { byteText, view } from "./bytes.ts";

/** Length of the ID3v2 tag at `at`, with its header and footer; 0 where there is none. */
export function id3Length(data: Uint8Array, at: number): number {
  if (data.length < at + 10 || byteText(data.subarray(at, at + 3)) !== "ID3") return 0;
  const [major = 0xff, minor = 0xff, flags = 0, ...size] = data.subarray(at + 3, at + 10);
  if (major === 0xff || minor === 0xff || size.some((byte) => byte > 0x7f)) return 0;
  const body = size.reduce((sum, byte) => sum * 128 + byte, 0);
  return 10 + body + ((flags & 0x10) === 0 ? 0 : 10);
}

/** Offset after the ID3v2 tags of a file. Of a tag longer than the file only the header counts. */
export async function afterTags(bytes: Bytes): Promise<number> {
  let at = 0;
  for (;;) {
    const length = id3Length(await bytes.read(at, 10), 0);
    if (length === 0) return at;
    at += at + length >= bytes.size ? 10 : length;
  }
}

/** End of a file before its ID3v1, Lyrics3 and APE tags. */
export async function beforeTags(bytes: Bytes, from: number): Promise<number> {
  let end = bytes.size;
  for (;;) {
    const length = await trailingTag(bytes, end);
    if (length === 0 || end - length < from) return end;
    end -= length;
  }
}

async function trailingTag(bytes: Bytes, end: number): Promise<number> {
  const tail = await bytes.read(Math.max(0, end - 128), Math.min(128, end));
  if (tail.length < 128) return 0;
  const text = (at: number, length: number): string => byteText(tail.subarray(128 + at, 128 + at + length));
  if (text(-128, 3) === "TAG") return 128;
  if (text(-32, 8) === "APETAGEX") {
    const header = view(tail);
    return header.getUint32(128 - 32 + 12, true) + (header.getUint32(128 - 32 + 20, true) >= 2 ** 31 ? 32 : 0);
  }
  if (text(-9, 9) === "LYRICS200") return Number.parseInt(text(-15, 6), 10) + 15 || 0;
  return 0;
}
