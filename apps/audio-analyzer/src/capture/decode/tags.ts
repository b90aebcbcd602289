import type { Bytes } from "./bytes.ts";
import { byteText, view } from "./bytes.ts";

/** Length of the ID3v2 tag at the beginning of some bytes, with its header and footer; 0 where there is none. */
export function id3Length(data: Uint8Array): number {
  if (data.length < 10 || byteText(data.subarray(0, 3)) !== "ID3") return 0;
  const [major = 0xff, minor = 0xff, flags = 0, ...size] = data.subarray(3, 10);
  if (major === 0xff || minor === 0xff || size.some((byte) => byte > 0x7f)) return 0;
  const body = size.reduce((sum, byte) => sum * 128 + byte, 0);
  return 10 + body + ((flags & 0x10) === 0 ? 0 : 10);
}

/**
 * Offset after the ID3v2 tags of a file. Of a tag longer than the file only the header counts.
 * @param begins whether a recording begins at an offset: a tag that claims it counts up to there
 */
export async function afterTags(bytes: Bytes, begins: (at: number) => Promise<boolean>): Promise<number> {
  const isStart = async (at: number): Promise<boolean> => at < bytes.size && (id3Length(await bytes.read(at, 10)) > 0 || (await begins(at)));
  let at = 0;
  for (;;) {
    const length = id3Length(await bytes.read(at, 10));
    if (length === 0) return at;
    const claimed = at + length;
    const end = (await isStart(claimed)) ? claimed : await contentEnd(bytes, at);
    if (await isStart(end)) at = end;
    else at = claimed >= bytes.size ? at + 10 : claimed;
  }
}

/** Frames of one tag that are followed, at most. */
const mostFrames = 1000;

/** Where the frames of the tag at `at` end, and the zeros behind them. */
async function contentEnd(bytes: Bytes, tag: number): Promise<number> {
  const major = (await bytes.read(tag + 3, 1))[0] ?? 0;
  const headBytes = major === 2 ? 6 : 10;
  let at = tag + 10;
  for (let frames = 0; frames < mostFrames; frames += 1) {
    const head = await bytes.read(at, headBytes);
    if (!(major === 2 ? /^[A-Z][A-Z0-9]{2}/ : /^[A-Z][A-Z0-9]{3}/).test(byteText(head)) || head.length < headBytes) break;
    const sizes = major === 2 ? head.subarray(3, 6) : head.subarray(4, 8);
    at += headBytes + sizes.reduce((sum, byte) => sum * (major === 4 ? 128 : 256) + byte, 0);
  }
  const padding = await bytes.read(at, longestPadding);
  const sound = padding.findIndex((byte) => byte !== 0);
  return at + Math.max(0, sound);
}

const longestPadding = 65_536;

/** End of a file before its ID3v1, Lyrics3 and APE tags. */
export async function beforeTags(bytes: Bytes, from: number): Promise<number> {
  let end = bytes.size;
  for (;;) {
    const length = await trailingTag(bytes, end);
    if (length === 0 || end - length < from) return end;
    end -= length;
  }
}

const id3v1Bytes = 128;
const extendedBytes = 227;
const apeEdgeBytes = 32;
const lyricsEndBytes = 15;
/** Longest lyrics without a size. */
const longestLyrics = 5100;

/** Length of the tag that ends at `end`. Of one that does not begin where it claims to, only its end counts. */
async function trailingTag(bytes: Bytes, end: number): Promise<number> {
  const tail = await bytes.read(Math.max(0, end - id3v1Bytes), Math.min(id3v1Bytes, end));
  if (tail.length < id3v1Bytes) return 0;
  const text = (at: number, length: number): string => byteText(tail.subarray(id3v1Bytes + at, id3v1Bytes + at + length));
  if (text(-id3v1Bytes, 3) === "TAG") return id3v1Bytes;
  if (text(-apeEdgeBytes, 8) === "APETAGEX") {
    const header = view(tail);
    const size = header.getUint32(id3v1Bytes - apeEdgeBytes + 12, true);
    const hasHeader = header.getUint32(id3v1Bytes - apeEdgeBytes + 20, true) >= 2 ** 31;
    const length = size + (hasHeader ? apeEdgeBytes : 0);
    return (await isApeTag(bytes, end - length, hasHeader)) ? length : apeEdgeBytes;
  }
  if (text(-9, 9) === "LYRICS200") {
    const length = Number.parseInt(text(-lyricsEndBytes, 6), 10) + lyricsEndBytes || lyricsEndBytes;
    return (await textAt(bytes, end - length, 11)) === "LYRICSBEGIN" ? length : lyricsEndBytes;
  }
  if (text(-9, 9) === "LYRICSEND") {
    const from = Math.max(0, end - longestLyrics);
    const begin = (await textAt(bytes, from, end - from)).lastIndexOf("LYRICSBEGIN");
    return begin < 0 ? 0 : end - from - begin;
  }
  return (await textAt(bytes, end - extendedBytes, 4)) === "TAG+" ? extendedBytes : 0;
}

/** Whether an APE tag begins here: with its header, or with an item, which is its size, flags and a name that ends with a zero. */
async function isApeTag(bytes: Bytes, at: number, hasHeader: boolean): Promise<boolean> {
  if (at < 0) return false;
  if (hasHeader) return (await textAt(bytes, at, 8)) === "APETAGEX";
  return /^[^]{8}[\x20-\x7e]{2,255}\0/.test(await textAt(bytes, at, 8 + 256));
}

async function textAt(bytes: Bytes, at: number, length: number): Promise<string> {
  return at < 0 ? "" : byteText(await bytes.read(at, length));
}
