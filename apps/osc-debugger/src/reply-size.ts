import { limits } from "@vj/schema";

/** Bytes for items in one frame, with a margin for the rest of the reply. */
const roomBytes = limits.frameBytes - 65_536;

/** As many of the last `items` as fit into one reply in JSON, in the same order. */
export function lastThatFit<T>(items: readonly T[]): T[] {
  let bytes = 0;
  const first = items.findLastIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return bytes > roomBytes;
  });
  return items.slice(first + 1);
}
