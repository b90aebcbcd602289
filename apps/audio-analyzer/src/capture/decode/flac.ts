import type { Bytes } from "./bytes.ts";
import { createWindow, fourCharacters, joinArrays } from "./bytes.ts";
import type { Window } from "./bytes.ts";
import { createDamage, decodeWith, tolerateNothing, UnreadableError } from "./pcm.ts";
import type { Pcm } from "./pcm.ts";
import { id3Length } from "./tags.ts";

/** Bytes passed to the decoder at once. */
const pieceBytes = 16_384;

/** Longest frame, bytes: 8 channels of 32 bits with the most samples of a frame, and its header. */
const longestFrame = 8 * 4 * 65_536 + 64;

/** Bytes searched for the end of a frame; doubled when it is not found. */
const firstLook = 32_768;

const streamInfoBytes = 34;

/** Decodes FLAC files. Several joined ones are played one after the other. @throws UnreadableError when a frame is damaged */
export async function* decodeFlac(bytes: Bytes, from: number): AsyncGenerator<Pcm> {
  const window = createWindow(bytes);
  let next: number | undefined = from;
  while (next !== undefined) {
    const { streamInfo, at } = await readMetadata(window, next);
    const state = { at };
    const openCodec = async () => (await import("@audio/decode-flac")).decoder();
    const damage = createDamage(tolerateNothing);
    yield* decodeWith(openCodec, framesAfter(streamInfo, window, state), damage);
    damage.end();
    next = await nextFile(window, state.at);
  }
}

/** The first metadata block, as a complete header without further blocks, and the offset of the first frame. */
async function readMetadata(window: Window, from: number): Promise<{ streamInfo: Uint8Array; at: number }> {
  const streamInfo = (await window.at(from, 8 + streamInfoBytes)).slice();
  if (streamInfo.length < 8 + streamInfoBytes) throw new UnreadableError("is cut off in its header: copy it again");
  let at = from + 4;
  for (let last = false; !last;) {
    const [kind = 0x80, high = 0, middle = 0, low = 0] = await window.at(at, 4);
    last = kind >= 0x80;
    at += 4 + (high << 16) + (middle << 8) + low;
    if (at > window.size) throw new UnreadableError("is cut off in its header: copy it again");
  }
  streamInfo.set([0x80, 0, 0, streamInfoBytes], 4);
  return { streamInfo: streamInfo.subarray(0, 8 + streamInfoBytes), at };
}

/** Whole frames in pieces for the decoder; the search for the next one starts at `state.at`. */
async function* framesAfter(streamInfo: Uint8Array, window: Window, state: { at: number }): AsyncGenerator<Uint8Array> {
  let gathered: Uint8Array[] = [streamInfo];
  let size = 0;
  for (;;) {
    const length = await frameLength(window, state.at);
    if (length === 0) break;
    gathered.push((await window.at(state.at, length)).slice());
    state.at += length;
    size += length;
    if (size < pieceBytes) continue;
    yield joinArrays(gathered);
    gathered = [];
    size = 0;
  }
  if (gathered.length > 0) yield joinArrays(gathered);
}

/**
 * Length of the frame at `at`, up to the header of the next one, with a valid checksum. 0 where there is no frame, or the
 * file ends within one.
 * @throws UnreadableError when a frame begins and others follow, but its end is not found
 */
async function frameLength(window: Window, at: number): Promise<number> {
  const info = await window.at(at, 16);
  if (info.length === 0 || id3Length(await window.at(at, 10)) > 0 || fourCharacters(info, 0) === "fLaC") return 0;
  let follows = false;
  for (let look = firstLook; ; look *= 2) {
    const data = await window.at(at, Math.min(look, longestFrame));
    let checksum = 0;
    for (let i = 0; i < data.length; i += 1) {
      const begins = i > 0 && ((data[i] === 0xff && isFrameHead(data, i)) || (checksum === 0 && i > 8 && isFileHead(data, i)));
      if (begins && checksum === 0 && isFrameHead(data, 0)) return i;
      follows ||= begins;
      checksum = (crc16[(checksum >> 8) ^ (data[i] ?? 0)] ?? 0) ^ ((checksum << 8) & 0xffff);
    }
    if (at + data.length === window.size && checksum === 0 && isFrameHead(data, 0)) return data.length;
    if (data.length < look) break;
  }
  if (follows) throw new UnreadableError("is damaged: a frame of it has a wrong checksum; copy it again from where it came from");
  return 0;
}

function isFileHead(data: Uint8Array, at: number): boolean {
  const mark = fourCharacters(data, at);
  return mark === "fLaC" || mark.startsWith("ID3");
}

/** Offset of another FLAC file after this one, behind tags and zeros; undefined when there is none. */
async function nextFile(window: Window, from: number): Promise<number | undefined> {
  for (let at = from; ;) {
    const data = await window.at(at, 4096);
    const tag = id3Length(data);
    if (fourCharacters(data, 0) === "fLaC") return at;
    if (tag === 0 && data[0] !== 0) return undefined;
    const zeros = data.findIndex((byte) => byte !== 0);
    at += tag > 0 ? tag : zeros < 0 ? data.length : zeros;
  }
}

/** Whether a frame header with a valid checksum begins at `at`. */
function isFrameHead(data: Uint8Array, at: number): boolean {
  const [sync = 0, second = 0, third = 0, fourth = 0, number = 0] = data.subarray(at, at + 5);
  if (sync !== 0xff || (second & 0xfe) !== 0xf8) return false;
  const block = third >> 4;
  const rate = third & 15;
  if (block === 0 || rate === 15 || fourth >> 4 > 10 || (fourth & 1) !== 0) return false;
  const numberBytes = number < 0x80 ? 1 : Math.clz32(~(number << 24));
  if (numberBytes > 7) return false;
  const length = 4 + numberBytes + (block === 6 ? 1 : block === 7 ? 2 : 0) + (rate === 12 ? 1 : rate > 12 ? 2 : 0);
  if (at + length >= data.length) return false;
  let checksum = 0;
  for (let i = at; i < at + length; i += 1) checksum = crc8[checksum ^ (data[i] ?? 0)] ?? 0;
  return checksum === data[at + length];
}

const crc8 = Uint8Array.from({ length: 256 }, (_, byte) => remainder(byte, 0x80, 0x07, 0xff));
const crc16 = Uint16Array.from({ length: 256 }, (_, byte) => remainder(byte << 8, 0x8000, 0x8005, 0xffff));

function remainder(value: number, top: number, polynomial: number, mask: number): number {
  let rest = value;
  for (let bit = 0; bit < 8; bit += 1) rest = ((rest & top) === 0 ? rest << 1 : (rest << 1) ^ polynomial) & mask;
  return rest;
}
