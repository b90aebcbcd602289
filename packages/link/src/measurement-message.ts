import { entryValue, int64, readEntries, readInt64, writeEntries } from "./entry.ts";

/** Asks a peer for its session time. Times in microseconds. */
export interface Ping {
  readonly hostTime: number;
  /** Session time of the pong before; missing in the first ping. */
  readonly previousSessionTime?: number;
}

/** The answer: the ping as it was, and the session and its time at the peer. */
export interface Pong extends Ping {
  readonly sessionId: string;
  readonly sessionTime: number;
}

const magic = Buffer.from("_link_v\u0001", "latin1");
const [pingCode, pongCode] = [1, 2];
const headBytes = 9;
// A ping has two entries of 16 bytes; a longer one would be answered with more bytes than a peer ever needs.
const longestPing = headBytes + 64;

/** A ping as the bytes of a datagram. */
export function encodePing({ hostTime, previousSessionTime }: Ping): Buffer {
  const entries = [{ key: "__ht", value: int64(hostTime) }];
  if (previousSessionTime !== undefined) entries.push({ key: "_pgt", value: int64(previousSessionTime) });
  return Buffer.concat([magic, Buffer.of(pingCode), writeEntries(entries)]);
}

/** The pong that answers the bytes of a ping; undefined when they are not a ping. */
export function answerPing(ping: Buffer, sessionId: string, sessionTime: number): Buffer | undefined {
  if (!isKind(ping, pingCode) || ping.length > longestPing) return undefined;
  const asked = ping.subarray(headBytes);
  if (readEntries(asked) === undefined) return undefined;
  const own = writeEntries([
    { key: "sess", value: Buffer.from(sessionId, "hex") },
    { key: "__gt", value: int64(sessionTime) },
  ]);
  return Buffer.concat([magic, Buffer.of(pongCode), own, asked]);
}

/** Reads a pong. @returns undefined for anything else */
export function decodePong(bytes: Buffer): Pong | undefined {
  if (!isKind(bytes, pongCode)) return undefined;
  const entries = readEntries(bytes.subarray(headBytes));
  if (entries === undefined) return undefined;
  const sessionId = entryValue(entries, "sess", 8)?.toString("hex");
  const [sessionTime, hostTime, previous] = ["__gt", "__ht", "_pgt"].map((key) => {
    const value = entryValue(entries, key, 8);
    return value === undefined ? Number.NaN : readInt64(value);
  });
  if (sessionId === undefined || !isTime(sessionTime) || !isTime(hostTime)) return undefined;
  return { sessionId, sessionTime, hostTime, ...(isTime(previous) ? { previousSessionTime: previous } : {}) };
}

function isKind(bytes: Buffer, code: number | undefined): boolean {
  return bytes.length >= headBytes && bytes.subarray(0, 8).equals(magic) && bytes[8] === code;
}

function isTime(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}
