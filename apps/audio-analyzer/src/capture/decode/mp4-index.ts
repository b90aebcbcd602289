import { fourCharacters, view } from "./bytes.ts";
import { declareUpperTones } from "./mp4-aac.ts";
import { walkBoxes } from "./mp4-boxes.ts";
import { joinSamples } from "./mp4-pcm.ts";
import { howToConvert, UnreadableError } from "./pcm.ts";

/** Samples of an index that can be decoded; 8 million frames are two days of AAC. */
export const mostSamples = 2 ** 23;
/** The same where all have one size: with plain samples each one is a sample of all channels. */
const mostOfOneSize = 2 ** 25;
/** A longer sample means a wrong size, bytes; in a fragment it may be a frame of video. */
const longestSample = 4 * 2 ** 20;
const longestFrame = 16 * 2 ** 20;
/** Samples without a byte, in one table: more of them mean a damaged one. */
const mostEmpty = 10_000;
/** The decoder searches the second table once for each entry of the first one; more steps would stop all other work. */
const mostSteps = 2 ** 30;
/** A tag that is longer is hidden from the decoder, which fails with it, bytes. */
const longestTag = 32_768;

/** Bytes per entry in a table that the decoder reads, and the offset of the number of entries. */
interface Table {
  readonly entryBytes: (version: number) => number;
  readonly countAt: number;
}

const tables: ReadonlyMap<string, Table> = new Map([
  ["stco", { entryBytes: () => 4, countAt: 4 }],
  ["co64", { entryBytes: () => 8, countAt: 4 }],
  ["stsc", { entryBytes: () => 12, countAt: 4 }],
  ["stts", { entryBytes: () => 8, countAt: 4 }],
  ["stsz", { entryBytes: () => 4, countAt: 8 }],
  ["elst", { entryBytes: (version: number) => (version === 1 ? 20 : 12), countAt: 4 }],
]);

/** A part of the file in front of `before` that is moved by `by` bytes. */
export interface Move {
  readonly before: number;
  readonly by: number;
}

/** Kinds of samples by which the decoder knows a track of sound that is not declared as one. */
const soundCodecs: ReadonlySet<string> = new Set([
  ...["mp4a", "alac", ".mp3", "fLaC", "Opus", "samr", "sawb", "ac-3", "ec-3"],
  ...["sowt", "twos", "in24", "in32", "fl32", "fl64", "lpcm", "ipcm", "fpcm", "raw ", "NONE", "ulaw", "alaw"],
]);

/** What is known of one track. */
interface Track {
  /** `soun` for sound; the decoder takes the last one. */
  handler: string;
  /** The kind of its first samples. */
  codec: string;
  chunks: number;
  readonly tables: Map<string, number>;
}

/**
 * Checks what the decoder does not check before it uses it: the lengths of tables, and of what they describe. Moves the
 * offsets in them, declares neighbouring samples of plain sound as one, and HE-AAC v2 in the way that the decoder takes.
 * @param moov the index, changed in place
 * @throws UnreadableError where a table is longer than its box, or what it declares cannot be
 */
export function checkIndex(moov: Uint8Array, fileSize: number, move: Move): void {
  const numbers = view(moov);
  const tracks: Track[] = [];
  walkBoxes(moov, (name, body, end) => {
    if (name === "trak") tracks.push({ handler: "", codec: "", chunks: 0, tables: new Map() });
    if (name === "----" && end - body > longestTag) moov.set([0x66, 0x72, 0x65, 0x65], body - 4);
    if (name === "trex" && end - body >= 20) checkSample(numbers.getUint32(body + 16), longestFrame);
    if (name === "stsd") declareUpperTones(moov, body + 8, end);
    const track = tracks.at(-1);
    if (name === "hdlr" && track !== undefined) track.handler = fourCharacters(moov, body + 8);
    if (name === "stsd" && track?.codec === "") track.codec = fourCharacters(moov, body + 12);
    const table = tables.get(name);
    if (table === undefined) return;
    const count = checkTable(numbers, table, { name, body, end });
    track?.tables.set(name, body);
    if (name !== "stco" && name !== "co64") return;
    if (track !== undefined) track.chunks = count;
    moveOffsets(numbers, name, { body, count }, move);
  });
  for (const track of tracks) {
    // Frames of video may be of any size.
    const isSound = track.handler === "soun" || soundCodecs.has(track.codec);
    if (isSound) joinSamples(numbers, track.tables, track.chunks);
    checkTrack(numbers, track, isSound ? fileSize : undefined);
  }
}

function checkTable(numbers: DataView, table: Table, { name, body, end }: { name: string; body: number; end: number }): number {
  const entries = body + table.countAt + 4;
  if (entries > end) throw damagedIndex();
  const count = numbers.getUint32(body + table.countAt);
  const sameSize = name === "stsz" ? numbers.getUint32(body + 4) : 0;
  if (sameSize === 0 && entries + count * table.entryBytes(numbers.getUint8(body)) > end) throw damagedIndex();
  return count;
}

function moveOffsets(numbers: DataView, name: string, { body, count }: { body: number; count: number }, { before, by }: Move): void {
  for (let i = 0; i < count; i += 1) {
    const at = body + 8 + i * (name === "stco" ? 4 : 8);
    const offset = name === "stco" ? numbers.getUint32(at) : Number(numbers.getBigUint64(at));
    const moved = offset < before ? offset + by : offset;
    if (name === "stco") numbers.setUint32(at, moved);
    else numbers.setBigUint64(at, BigInt(moved));
  }
}

/** @param fileSize undefined for a track that is not played */
function checkTrack(numbers: DataView, { tables: found, chunks }: Track, fileSize: number | undefined): void {
  const [sizes, groups] = [found.get("stsz"), found.get("stsc")];
  if (groups !== undefined && fileSize !== undefined && chunks * numbers.getUint32(groups + 4) > mostSteps) throw damagedIndex();
  if (sizes === undefined) return;
  const [sameSize, count] = [numbers.getUint32(sizes + 4), numbers.getUint32(sizes + 8)];
  if (sameSize > 0 && count > mostOfOneSize) throw new UnreadableError(`has an index of ${count} samples, which is too long; ${howToConvert}`);
  if (fileSize === undefined) return;
  if (sameSize === 0) return checkSizes(numbers, sizes + 12, count);
  checkSample(sameSize);
  if (count * sameSize > fileSize) throw damagedIndex();
}

function checkSizes(numbers: DataView, entries: number, count: number): void {
  if (count > mostSamples) throw damagedIndex();
  let empty = 0;
  for (let i = 0; i < count; i += 1) {
    const size = numbers.getUint32(entries + i * 4);
    checkSample(size);
    if (size === 0) empty += 1;
  }
  if (empty > mostEmpty) throw damagedIndex();
}

function checkSample(size: number, longest = longestSample): void {
  if (size > longest) throw damagedIndex();
}

/** What each sample of a fragment can have, by the flag that says so: 4 bytes. */
const sampleFlags = [0x1_00, 0x2_00, 0x4_00, 0x8_00] as const;
const sizeFlag = 0x2_00;
const tfhdFields: readonly (readonly [flag: number, bytes: number])[] = [[1, 8], [2, 4], [8, 4]];

/**
 * Checks a fragment as `checkIndex` does the index.
 * @returns its number of samples
 * @throws UnreadableError where a table is longer than its box, or what it declares cannot be
 */
export function checkFragment(moof: Uint8Array): number {
  const numbers = view(moof);
  let samples = 0;
  walkBoxes(moof, (name, body, end) => {
    if (end - body < 8) return;
    const flags = numbers.getUint32(body) & 0xffffff;
    if (name === "tfhd" && (flags & 0x10) !== 0) {
      const at = body + 8 + tfhdFields.reduce((sum, [flag, bytes]) => sum + ((flags & flag) === 0 ? 0 : bytes), 0);
      if (at + 4 > end) throw damagedIndex();
      checkSample(numbers.getUint32(at), longestFrame);
    }
    if (name !== "trun") return;
    const count = numbers.getUint32(body + 4);
    const first = body + 8 + ((flags & 1) === 0 ? 0 : 4) + ((flags & 4) === 0 ? 0 : 4);
    const entryBytes = sampleFlags.filter((flag) => (flags & flag) !== 0).length * 4;
    samples += count;
    if (first + count * entryBytes > end || samples > mostSamples) throw damagedIndex();
    if ((flags & sizeFlag) === 0) return;
    const sizeAt = (flags & 0x1_00) === 0 ? 0 : 4;
    for (let i = 0; i < count; i += 1) checkSample(numbers.getUint32(first + i * entryBytes + sizeAt), longestFrame);
  });
  return samples;
}

/** What is wrong with an index that cannot be true. */
export function damagedIndex(): UnreadableError {
  return new UnreadableError("has a damaged index (moov): copy it again from where it came from");
}

