import { limits } from "@vj/schema";

/** Bytes for items in one frame, with a margin for the rest of the reply. */
const roomBytes = limits.frameBytes - 65_536;

/** As many of the last items as fit into one reply in JSON, in the same order. @param show makes what is written of an item; only called for those that fit, and one more */
export function lastThatFit<T, S>(items: readonly T[], show: (item: T) => S): S[] {
  const shown: S[] = [];
  let bytes = 0;
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item === undefined) continue;
    const one = show(item);
    bytes += Buffer.byteLength(JSON.stringify(one)) + 1;
    if (bytes > roomBytes) break;
    shown.push(one);
  }
  return shown.reverse();
}
