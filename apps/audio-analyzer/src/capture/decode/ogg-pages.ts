import type { Window } from "./bytes.ts";
import { fourCharacters, view } from "./bytes.ts";
import { longestGap } from "./frame-scan.ts";

/** A page of an Ogg file. */
export interface OggPage {
  /** The stream in the file that it belongs to. */
  readonly serial: number;
  /** It begins a stream. */
  readonly first: boolean;
  /** The whole page, including its header. */
  readonly data: Uint8Array;
  /** Its content. */
  readonly body: Uint8Array;
}

const headBytes = 27;
const longestPage = headBytes + 255 + 255 * 255;

/** All whole pages from `from` on; a page with a wrong checksum is skipped, and `onBroken` is called. */
export async function* readOggPages(window: Window, from: number, onBroken: () => void): AsyncGenerator<OggPage> {
  let last = from;
  for (let at = from; at < window.size && at - last < longestGap;) {
    const data = await window.at(at, longestPage);
    const length = pageLength(data);
    if (length > 0 && length <= data.length) {
      const page = readPage(data.slice(0, length));
      if (page !== undefined) yield page;
      else onBroken();
      at += page === undefined ? 4 : length;
      last = at;
    } else {
      // Not a page, or the last one is truncated.
      at += findMark(data);
    }
  }
}

/** 0 where there is no page. */
function pageLength(data: Uint8Array): number {
  if (data.length < headBytes || fourCharacters(data, 0) !== "OggS" || data[4] !== 0) return 0;
  const segments = data[26] ?? 0;
  if (data.length < headBytes + segments) return 0;
  return data.subarray(headBytes, headBytes + segments).reduce((sum, size) => sum + size, headBytes + segments);
}

function findMark(data: Uint8Array): number {
  for (let i = 1; i + 4 <= data.length; i += 1) if (data[i] === 0x4f && fourCharacters(data, i) === "OggS") return i;
  return Math.max(1, data.length - 3);
}

/** Undefined when the checksum is wrong. */
function readPage(data: Uint8Array): OggPage | undefined {
  const head = view(data);
  const declared = head.getUint32(22, true);
  head.setUint32(22, 0);
  const right = checksum(data) === declared;
  head.setUint32(22, declared, true);
  if (!right) return undefined;
  const body = data.subarray(headBytes + (data[26] ?? 0));
  return { serial: head.getUint32(14, true), first: ((data[5] ?? 0) & 2) !== 0, data, body };
}

const crc32 = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte * 2 ** 24;
  for (let bit = 0; bit < 8; bit += 1) rest = (rest & 0x80000000) === 0 ? rest << 1 : (rest << 1) ^ 0x04c11db7;
  return rest;
});

function checksum(data: Uint8Array): number {
  let crc = 0;
  for (const byte of data) crc = (crc << 8) ^ (crc32[(crc >>> 24) ^ byte] ?? 0);
  return crc >>> 0;
}
