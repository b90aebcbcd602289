import type { ChunkPlace } from "./chunk-place.ts";

/** Bytes of messages outside of chunks that are read at once. */
const runBytes = 262_144;

/** Messages outside of chunks that lie side by side: they are read together, as one place. */
export class PlainRun {
  readonly #offset: number;
  #end: number;
  #first: bigint;
  #last: bigint;
  readonly #channels: Set<number>;

  constructor({ offset, length, start, end, channels }: ChunkPlace) {
    this.#offset = offset;
    this.#end = offset + length;
    [this.#first, this.#last] = [start, end];
    this.#channels = new Set(channels);
  }

  /** @returns false when it would become too long: nothing is added */
  add({ offset, length, start, end, channels }: ChunkPlace): boolean {
    if (offset + length - this.#offset > runBytes) return false;
    this.#end = offset + length;
    if (start < this.#first) this.#first = start;
    if (end > this.#last) this.#last = end;
    for (const id of channels) this.#channels.add(id);
    return true;
  }

  place(): ChunkPlace {
    return { offset: this.#offset, length: this.#end - this.#offset, start: this.#first, end: this.#last, channels: Uint16Array.from(this.#channels), plain: true };
  }
}
