import { limits } from "@vj/schema";

const [quote, backslash, comma, openList, closeList, openObject, closeObject] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Bounds the work that a message can cause, by one pass over its bytes before any object is built: depth of nesting, and
 * number of fields and list elements. Bytes that are not JSON pass or fail; the parser refuses them.
 * @returns the exceeded limit in words, or undefined.
 */
export function weighJson(payload: Uint8Array, maxValues: number, maxDepth: number = limits.messageDepth): string | undefined {
  let depth = 0;
  let values = 0;
  let inText = false;
  for (let i = 0; i < payload.length; i += 1) {
    const byte = payload[i];
    if (inText) {
      if (byte === backslash) i += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) {
      inText = true;
    } else if (byte === comma) {
      values += 1;
    } else if (byte === openObject || byte === openList) {
      depth += 1;
      values += 1;
      if (depth > maxDepth) return `nested more than ${maxDepth} deep`;
    } else if (byte === closeObject || byte === closeList) {
      depth -= 1;
    }
    if (values > maxValues) return `more than ${maxValues} fields and list elements`;
  }
  return undefined;
}
