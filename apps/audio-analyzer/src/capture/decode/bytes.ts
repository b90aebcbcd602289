import type { FileHandle } from "node:fs/promises";

/** Bytes with random access: a file, or a part of one. */
export interface Bytes {
  readonly size: number;
  /** `length` bytes from `at`, fewer at the end. The caller owns the array. */
  read(at: number, length: number): Promise<Uint8Array>;
}

/** @param size bytes of the file when it was opened: later additions are not read @param onRead as in `decodeParts` */
export function fileBytes(file: FileHandle, size: number, onRead: (share: number) => void = () => {}): Bytes {
  return {
    size,
    async read(at, length) {
      const buffer = new Uint8Array(Math.max(0, Math.min(length, size - at)));
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, at + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      onRead(Math.min(1, (at + filled) / size));
      return buffer.subarray(0, filled);
    },
  };
}

export function memoryBytes(data: Uint8Array): Bytes {
  return { size: data.length, read: async (at, length) => data.slice(at, at + length) };
}

/** The bytes from `from` up to but not including `to`, limited to the existing ones. */
export function sliceBytes(bytes: Bytes, from: number, to: number): Bytes {
  const start = Math.min(from, bytes.size);
  const size = Math.max(0, Math.min(to, bytes.size) - start);
  return { size, read: (at, length) => bytes.read(start + at, Math.max(0, Math.min(length, size - at))) };
}

/** Concatenates parts. */
export function joinBytes(parts: readonly Bytes[]): Bytes {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return {
    size,
    async read(at, length) {
      const pieces: Uint8Array[] = [];
      let from = at;
      let left = length;
      for (const part of parts) {
        if (from < part.size && left > 0) {
          const piece = await part.read(from, left);
          pieces.push(piece);
          left -= piece.length;
        }
        from = Math.max(0, from - part.size);
      }
      return joinArrays(pieces);
    },
  };
}

export function joinArrays(arrays: readonly Uint8Array[]): Uint8Array {
  const [only] = arrays;
  if (arrays.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    joined.set(array, at);
    at += array.length;
  }
  return joined;
}

/** Bytes read at once for small requests. */
const windowBytes = 65_536;

/** Reads forward in small steps from a block in memory. */
export interface Window {
  readonly size: number;
  /** A view of `length` bytes from `at`, fewer at the end; valid until the next call. */
  at(at: number, length: number): Promise<Uint8Array>;
}

export function createWindow(bytes: Bytes): Window {
  let start = 0;
  let block = new Uint8Array(0);
  return {
    size: bytes.size,
    async at(at, length) {
      const end = Math.min(bytes.size, at + length);
      if (at < start || end > start + block.length) {
        block = new Uint8Array(await bytes.read(at, Math.max(length, windowBytes)));
        start = at;
      }
      return block.subarray(at - start, Math.max(at, end) - start);
    },
  };
}

/** All bytes, in pieces of `length`. */
export async function* pieces(bytes: Bytes, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.size; at += length) {
    const piece = await bytes.read(at, length);
    if (piece.length === 0) return;
    yield piece;
  }
}

/** Each byte as the character of the same number. Not `TextDecoder("latin1")`: that is windows-1252, and newer lines of Node keep to it. */
export function byteText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** Four characters: the name of a chunk, a box or a format. */
export function fourCharacters(data: Uint8Array, at: number): string {
  return String.fromCharCode(...data.subarray(at, at + 4));
}

/** Whether these are the four characters of the name of a chunk. */
export function isName(characters: Uint8Array): boolean {
  return characters.length === 4 && characters.every((code) => code >= 0x20 && code < 0x7f);
}

export function view(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}
