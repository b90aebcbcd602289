import { limits } from "@vj/schema";

/** What one frame can carry beside the items, and then some. */
const roomBytes = limits.frameBytes - 65_536;

/** The last of `items`, as many as fit into one reply when written as JSON, in the same order. */
export function lastThatFit<T>(items: readonly T[]): T[] {
  let bytes = 0;
  const first = items.findLastIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return bytes > roomBytes;
  });
  return items.slice(first + 1);
}
