import { fourCharacters, view } from "./bytes.ts";
import type { Bytes } from "./bytes.ts";
import { howToConvert, UnreadableError } from "./pcm.ts";

/** A box of an MP4 file. */
export interface Box {
  readonly name: string;
  readonly at: number;
  /** Bytes, including the header. */
  readonly size: number;
  readonly headBytes: number;
}

const mostBoxes = 200_000;
/** Boxes within boxes, at most. */
const deepest = 32;

/** The boxes of a file that are not in another one. @throws UnreadableError when they are too many to be checked */
export async function* readBoxes(bytes: Bytes): AsyncGenerator<Box> {
  let at = 0;
  for (let boxes = 0; boxes < mostBoxes && at + 8 <= bytes.size; boxes += 1) {
    const box = readBox(await bytes.read(at, 16), 0, bytes.size - at);
    if (box === undefined) return;
    yield { ...box, at };
    at += box.size;
  }
  if (at + 8 <= bytes.size) throw new UnreadableError(`is in more than ${mostBoxes} parts, which cannot be played; ${howToConvert}`);
}

/** The box at `at`; undefined where its size makes no sense. `left`: bytes to the end of the enclosing box. */
function readBox(data: Uint8Array, at: number, left: number): Box | undefined {
  if (at + 8 > data.length) return undefined;
  const numbers = view(data);
  const name = fourCharacters(data, at + 4);
  const size = numbers.getUint32(at);
  if (size === 0) return { name, at, size: left, headBytes: 8 };
  if (size === 1 && at + 16 <= data.length) return { name, at, size: Math.max(16, Number(numbers.getBigUint64(at + 8))), headBytes: 16 };
  return size < 8 ? undefined : { name, at, size, headBytes: 8 };
}

/** Bytes between the header of a box with other boxes in it and the first of them. */
const holders: ReadonlyMap<string, number> = new Map([
  ...["moov", "trak", "mdia", "minf", "stbl", "udta", "edts", "mvex", "traf", "moof"].map((name) => [name, 0] as const),
  ["meta", 4],
  ["ilst", 0],
]);

/** Calls `onBox` for each box in `data`, also for those within others; `body` and `end` are the offsets of its content. */
export function walkBoxes(data: Uint8Array, onBox: (name: string, body: number, end: number) => void): void {
  const walk = (start: number, stop: number, depth: number): void => {
    for (let at = start; at + 8 <= stop;) {
      const box = readBox(data, at, stop - at);
      if (box === undefined || at + box.size > stop) return;
      const end = at + box.size;
      onBox(box.name, at + box.headBytes, end);
      const inner = holders.get(box.name);
      if (inner !== undefined && depth < deepest) walk(at + box.headBytes + inner, end, depth + 1);
      at = end;
    }
  };
  walk(0, data.length, 0);
}
