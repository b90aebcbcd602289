import type { Window } from "./bytes.ts";
import { isFreeFormat } from "./mpeg-header.ts";

/** Lengths of a frame, bytes. */
const shortest = 24;
const longest = 6000;
/** This many frames in a row make a stream. */
const framesInRow = 8;
/** The first frame is searched for in this many bytes. */
const searchedBytes = 4096;

/** Whether MPEG audio in free format begins at `from` or soon after: frames of one length without a bitrate in their headers. */
export async function isFreeFormatStream(window: Window, from: number): Promise<boolean> {
  const data = (await window.at(from, searchedBytes + framesInRow * (longest + 1))).slice();
  for (let first = 0; first < searchedBytes; first += 1) {
    // One candidate is enough: chance makes one in 8,000 bytes, and a stream begins with its first frame.
    if (isFreeFormat(data, first)) return range(shortest, longest).some((length) => hasFrames(data, first, length));
  }
  return false;
}

/** Padding makes a frame longer by a byte. */
function hasFrames(data: Uint8Array, first: number, length: number): boolean {
  let at = first;
  for (let frames = 1; frames < framesInRow; frames += 1) {
    const next = [length, length + 1].find((step) => isFreeFormat(data, at + step) && isAlike(data, first, at + step));
    if (next === undefined) return false;
    at += next;
  }
  return true;
}

/** Version, layer, rate and channels are those of all frames of a stream. */
function isAlike(data: Uint8Array, a: number, b: number): boolean {
  return data[a + 1] === data[b + 1] && ((data[a + 2] ?? 0) & 0x0c) === ((data[b + 2] ?? 0) & 0x0c) && (data[a + 3] ?? 0) >> 6 === (data[b + 3] ?? 0) >> 6;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
