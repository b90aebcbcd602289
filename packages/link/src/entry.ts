/** One entry of a datagram's payload: a key of four ASCII characters and its value. */
export interface Entry {
  readonly key: string;
  readonly value: Buffer;
}

// A datagram of a real peer has five entries.
const mostEntries = 32;

/** Writes entries one after the other: key, length as a big-endian 32-bit integer, value. */
export function writeEntries(entries: readonly Entry[]): Buffer {
  const parts = entries.flatMap(({ key, value }) => {
    const head = Buffer.alloc(8);
    head.write(key, 0, 4, "latin1");
    head.writeUInt32BE(value.length, 4);
    return [head, value];
  });
  return Buffer.concat(parts);
}

/** Reads entries. @returns undefined when a length reaches past the end, or there are more than any peer sends */
export function readEntries(payload: Buffer): Entry[] | undefined {
  const entries: Entry[] = [];
  let at = 0;
  while (at < payload.length) {
    if (at + 8 > payload.length || entries.length === mostEntries) return undefined;
    const end = at + 8 + payload.readUInt32BE(at + 4);
    if (end > payload.length) return undefined;
    entries.push({ key: payload.toString("latin1", at, at + 4), value: payload.subarray(at + 8, end) });
    at = end;
  }
  return entries;
}

/** The value of a key, if its length is right. */
export function entryValue(entries: readonly Entry[], key: string, length: number): Buffer | undefined {
  const value = entries.find((entry) => entry.key === key)?.value;
  return value?.length === length ? value : undefined;
}

/** 64-bit integers, big-endian. Times and beats of a real session fit into a double without loss. */
export function int64(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [index, value] of values.entries()) bytes.writeBigInt64BE(BigInt(Math.round(value)), 8 * index);
  return bytes;
}

/** Reads one. @returns NaN where the number is too large to be exact, so that a check for a finite number refuses it */
export function readInt64(bytes: Buffer, at = 0): number {
  const value = Number(bytes.readBigInt64BE(at));
  return Number.isSafeInteger(value) ? value : Number.NaN;
}
