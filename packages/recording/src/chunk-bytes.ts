import { McapRecordBuilder } from "@mcap/core";
import { RecordingError } from "./errors.ts";
import { opcodes, recordHead } from "./records.ts";
import type { ChunkRecord } from "./records.ts";

/** A chunk with its message indexes, ready to be written. */
export interface IndexedChunk {
  readonly bytes: Uint8Array;
  /** Of the chunk record alone, bytes. */
  readonly length: number;
  /** Its channels; where the index of each begins, from the begin of the chunk; and the messages of each. */
  readonly ids: Uint16Array;
  readonly places: Uint32Array;
  readonly counts: Uint32Array;
}

/** One message in an index: its time and its place, bytes. */
const entryBytes = 16;
/** Of a message index before its entries, bytes: its head, channel, length of the entries. */
const indexHead = recordHead + 2 + 4;
const messageIndexOpcode = 7;
/** Channel, sequence and two times of a message, bytes. */
const messageFields = 2 + 4 + 8 + 8;
/** In a message record. */
const timePlace = recordHead + 6;

/**
 * A chunk as it is written, with the index of each channel. The index is filled from the records themselves, without an object for each message: a
 * chunk of 64 MiB may have two million.
 * @param records those of the chunk, not compressed @throws RecordingError `damaged` when they are not whole
 */
export function indexedChunk(chunk: ChunkRecord, records: Uint8Array): IndexedChunk {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  const byId = new Map<number, number>();
  let counts = new Uint32Array(64);
  eachMessage(view, (place) => {
    const id = view.getUint16(place + recordHead, true);
    const slot = slotOf(byId, id);
    if (slot === counts.length) counts = grown(counts);
    counts[slot] = (counts[slot] ?? 0) + 1;
  });
  const ids = Uint16Array.from(byId.keys());
  counts = counts.subarray(0, ids.length);
  const head = chunkHead(chunk);
  const length = head.byteLength + chunk.records.byteLength;
  const places = new Uint32Array(ids.length);
  let size = length;
  for (const [slot, count] of counts.entries()) {
    places[slot] = size;
    size += indexHead + entryBytes * count;
  }
  const bytes = new Uint8Array(size);
  bytes.set(head);
  bytes.set(chunk.records, head.byteLength);
  fillIndexes(bytes, { view, byId, ids, places, counts });
  return { bytes, length, ids, places, counts };
}

interface Filling extends Pick<IndexedChunk, "ids" | "places" | "counts"> {
  readonly view: DataView;
  readonly byId: Map<number, number>;
}

function fillIndexes(bytes: Uint8Array, { view, byId, ids, places, counts }: Filling): void {
  const out = new DataView(bytes.buffer);
  const next = Float64Array.from(places, (place) => place + indexHead);
  for (const [slot, place] of places.entries()) {
    const entries = entryBytes * (counts[slot] ?? 0);
    out.setUint8(place, messageIndexOpcode);
    out.setBigUint64(place + 1, BigInt(indexHead - recordHead + entries), true);
    out.setUint16(place + recordHead, ids[slot] ?? 0, true);
    out.setUint32(place + recordHead + 2, entries, true);
  }
  eachMessage(view, (place) => {
    const slot = slotOf(byId, view.getUint16(place + recordHead, true));
    const to = next[slot] ?? 0;
    out.setUint32(to, view.getUint32(place + timePlace, true), true);
    out.setUint32(to + 4, view.getUint32(place + timePlace + 4, true), true);
    out.setUint32(to + 8, place, true);
    next[slot] = to + entryBytes;
  });
}

/** The number of a channel in this chunk, from 0 in the order in which they come. */
function slotOf(byId: Map<number, number>, id: number): number {
  const known = byId.get(id);
  if (known !== undefined) return known;
  const slot = byId.size;
  byId.set(id, slot);
  return slot;
}

function grown(counts: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(2 * counts.length);
  more.set(counts);
  return more;
}

/** Calls back with the place of each message record, bytes. */
function eachMessage(view: DataView, onMessage: (place: number) => void): void {
  for (let place = 0; place < view.byteLength; ) {
    const end = place + recordHead <= view.byteLength ? place + recordHead + Number(view.getBigUint64(place + 1, true)) : Infinity;
    if (end > view.byteLength) throw new RecordingError("damaged", "a chunk ends within a record");
    if (view.getUint8(place) === opcodes.message) {
      if (end < place + recordHead + messageFields) throw new RecordingError("damaged", "a message ends within its head");
      onMessage(place);
    }
    place = end;
  }
}

/** A chunk record up to its records. */
function chunkHead({ start, end, uncompressedSize, uncompressedCrc, compression, records }: ChunkRecord): Uint8Array {
  const builder = new McapRecordBuilder();
  builder.writeChunk({ messageStartTime: start, messageEndTime: end, uncompressedSize, uncompressedCrc, compression, records: new Uint8Array() });
  const head = builder.buffer.slice();
  const view = new DataView(head.buffer);
  // It was written for a chunk without records.
  view.setBigUint64(1, view.getBigUint64(1, true) + BigInt(records.byteLength), true);
  view.setBigUint64(head.byteLength - 8, BigInt(records.byteLength), true);
  return head;
}
