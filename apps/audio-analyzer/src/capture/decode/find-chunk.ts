import type { Bytes } from "./bytes.ts";
import { fourCharacters, view } from "./bytes.ts";

/** The search ends after this many bytes: what stands before the samples is text, or a cover. */
const searchedBytes = 16 * 2 ** 20;
const pieceBytes = 2 ** 20;

/** A chunk: offset of its body, and its declared size. */
export interface FoundChunk {
  readonly body: number;
  readonly size: number;
}

/**
 * Searches a chunk by its name at every offset: the size of a chunk before it may be wrong, so that the chunks cannot be
 * followed.
 * @param isLikely whether a name that was found begins a chunk: text may contain it, too
 */
export async function findChunk(
  bytes: Bytes,
  name: string,
  littleEndian: boolean,
  isLikely: (chunk: FoundChunk) => boolean | Promise<boolean>,
): Promise<FoundChunk | undefined> {
  const [first = 0] = Buffer.from(name, "latin1");
  for (let from = 0; from < Math.min(bytes.size, searchedBytes); from += pieceBytes) {
    // Eight bytes more, because a header may be in two pieces.
    const piece = await bytes.read(from, pieceBytes + 8);
    for (let i = piece.indexOf(first); i >= 0 && i < pieceBytes && i + 8 <= piece.length; i = piece.indexOf(first, i + 1)) {
      if (fourCharacters(piece, i) !== name) continue;
      const chunk = { body: from + i + 8, size: view(piece).getUint32(i + 4, littleEndian) };
      if (await isLikely(chunk)) return chunk;
    }
  }
  return undefined;
}
