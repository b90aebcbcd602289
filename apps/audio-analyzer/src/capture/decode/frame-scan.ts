import type { Window } from "./bytes.ts";
import { headerBytes } from "./mpeg-header.ts";
import type { FrameHeader, ReadHeader } from "./mpeg-header.ts";
import { id3Length } from "./tags.ts";

/** A frame and its place. */
export interface Frame {
  readonly header: FrameHeader;
  /** Offset of its first byte. */
  readonly at: number;
}

/** This many consecutive frames make a stream: a single one may be chance. */
const framesInRow = 4;

/** The search ends after this much junk, bytes: a disk image is not a recording. */
export const longestGap = 64 * 2 ** 20;

/** Whether a stream of frames of one format begins at `at`; fewer frames are enough at the end of the bytes. */
export async function beginsStream(window: Window, readHeader: ReadHeader, at: number): Promise<FrameHeader | undefined> {
  const first = readHeader(await window.at(at, headerBytes), 0);
  if (first === undefined) return undefined;
  let next = at + first.length;
  for (let frames = 1; frames < framesInRow; frames += 1) {
    // A stream may end after its first frames, or be cut off in a later one.
    if (next === window.size || (next > window.size && frames > 1)) return first;
    const header = readHeader(await window.at(next, headerBytes), 0);
    if (header === undefined || header.format !== first.format) return undefined;
    next += header.length;
  }
  return first;
}

/** Offset of a stream of frames, at `from` or later but before `to`. Tags on the way are skipped. */
export async function findStream(window: Window, readHeader: ReadHeader, from: number, to: number): Promise<Frame | undefined> {
  for (let at = from; at < Math.min(to, window.size);) {
    const block = await window.at(at, 4096);
    if (block.length === 0) return undefined;
    const tag = id3Length(block);
    if (tag > 0 && at + tag < window.size) {
      at += tag;
      continue;
    }
    const step = nextMark(block);
    if (step > 0) {
      at += step;
      continue;
    }
    const header = await beginsStream(window, readHeader, at);
    if (header !== undefined) return { header, at };
    at += 1;
  }
  return undefined;
}

/** Offset of the next byte that may begin a frame or a tag. */
function nextMark(block: Uint8Array): number {
  const index = block.findIndex((byte, i) => byte === 0xff || (byte === 0x49 && block[i + 1] === 0x44 && block[i + 2] === 0x33));
  return index < 0 ? Math.max(1, block.length - 2) : index;
}

/** All whole frames from `from` on. Tags and junk between them are skipped. */
export async function* scanFrames(window: Window, readHeader: ReadHeader, from: number): AsyncGenerator<Frame> {
  let format = -1;
  for (let at = from; at < window.size;) {
    let header = readHeader(await window.at(at, headerBytes), 0);
    if (header === undefined || header.format !== format) {
      const found = await findStream(window, readHeader, at, at + longestGap);
      if (found === undefined) return;
      ({ header, at } = found);
      ({ format } = header);
    }
    if (at + header.length > window.size) return;
    yield { header, at };
    at += header.length;
  }
}
