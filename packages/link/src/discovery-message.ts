import { entryValue, int64, readEntries, readInt64, writeEntries } from "./entry.ts";
import { microsPerBeatOf, tempoRange } from "./timeline.ts";
import type { Timeline } from "./timeline.ts";

/** Where peers look for each other: UDP multicast, on every interface in use. */
export const discoveryGroup = { address: "224.76.78.75", port: 20_808 } as const;

/** An IPv4 address and port. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** What a peer announces of itself. Ids are 16 hexadecimal digits. */
export interface PeerState {
  readonly nodeId: string;
  /** Node id of the peer that founded the session. */
  readonly sessionId: string;
  readonly timeline: Timeline;
  /** Where it answers pings. Missing in a peer without IPv4. */
  readonly measuredAt?: Endpoint;
}

/** `alive` goes to the group, `response` to the sender of an `alive`; `bye` when a peer leaves. */
export type DiscoveryMessage =
  | { readonly type: "alive" | "response"; readonly ttlSec: number; readonly peer: PeerState }
  | { readonly type: "bye"; readonly nodeId: string };

const magic = Buffer.from("_asdp_v\u0001", "latin1");
const headBytes = 20;
const typeCodes = { alive: 1, response: 2, bye: 3 } as const;
const slowest = microsPerBeatOf(tempoRange.min);
const fastest = microsPerBeatOf(tempoRange.max);
// Ten years: no session is older, and a larger number could only serve to keep others from changing the tempo.
const longestMicros = 10 * 366 * 86_400 * 1e6;

/** A message of discovery as the bytes of a datagram. */
export function encodeDiscovery(message: DiscoveryMessage): Buffer {
  const head = Buffer.alloc(headBytes);
  magic.copy(head);
  head[8] = typeCodes[message.type];
  head[9] = message.type === "bye" ? 0 : message.ttlSec;
  head.write(message.type === "bye" ? message.nodeId : message.peer.nodeId, 12, 8, "hex");
  if (message.type === "bye") return head;
  const { timeline, sessionId, measuredAt } = message.peer;
  const entries = [
    { key: "tmln", value: int64(timeline.microsPerBeat, timeline.beatOrigin, timeline.timeOrigin) },
    { key: "sess", value: Buffer.from(sessionId, "hex") },
    ...(measuredAt === undefined ? [] : [{ key: "mep4", value: writeEndpoint(measuredAt) }]),
  ];
  return Buffer.concat([head, writeEntries(entries)]);
}

/** Reads a datagram of another peer. @returns undefined for anything else, and for values that no session can have */
export function decodeDiscovery(bytes: Buffer): DiscoveryMessage | undefined {
  if (bytes.length < headBytes || !bytes.subarray(0, 8).equals(magic) || bytes.readUInt16BE(10) !== 0) return undefined;
  const nodeId = bytes.toString("hex", 12, 20);
  if (bytes[8] === typeCodes.bye) return { type: "bye", nodeId };
  const type = bytes[8] === typeCodes.alive ? "alive" : bytes[8] === typeCodes.response ? "response" : undefined;
  const entries = readEntries(bytes.subarray(headBytes));
  if (type === undefined || entries === undefined) return undefined;
  const timeline = readTimeline(entryValue(entries, "tmln", 24));
  const sessionId = entryValue(entries, "sess", 8)?.toString("hex");
  if (timeline === undefined || sessionId === undefined) return undefined;
  const measuredAt = readEndpoint(entryValue(entries, "mep4", 6));
  const peer: PeerState = { nodeId, sessionId, timeline, ...(measuredAt === undefined ? {} : { measuredAt }) };
  return { type, ttlSec: bytes[9] ?? 0, peer };
}

function readTimeline(bytes: Buffer | undefined): Timeline | undefined {
  if (bytes === undefined) return undefined;
  const [microsPerBeat, beatOrigin, timeOrigin] = [readInt64(bytes), readInt64(bytes, 8), readInt64(bytes, 16)];
  const isTempo = microsPerBeat >= fastest && microsPerBeat <= slowest;
  const isPlace = Math.abs(timeOrigin) <= longestMicros && Math.abs(beatOrigin) <= (longestMicros / fastest) * 1e6;
  return isTempo && isPlace ? { microsPerBeat, beatOrigin, timeOrigin } : undefined;
}

function writeEndpoint({ address, port }: Endpoint): Buffer {
  const bytes = Buffer.from([...address.split(".").map(Number), 0, 0]);
  bytes.writeUInt16BE(port, 4);
  return bytes;
}

function readEndpoint(bytes: Buffer | undefined): Endpoint | undefined {
  const port = bytes?.readUInt16BE(4) ?? 0;
  return bytes === undefined || port === 0 ? undefined : { address: bytes.subarray(0, 4).join("."), port };
}
