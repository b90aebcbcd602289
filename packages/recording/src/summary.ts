import { crc32Final, crc32Init, crc32Update } from "@foxglove/crc";
import { McapRecordBuilder, Opcode } from "@mcap/core";
import type { McapTypes } from "@mcap/core";
import type { IndexedChunk } from "./chunk-bytes.ts";
import type { Channel, ChunkRecord, Schema } from "./records.ts";

/** A chunk that was written. */
export interface WrittenChunk {
  readonly chunk: ChunkRecord;
  /** Bytes. */
  readonly offset: number;
  readonly indexed: IndexedChunk;
}

/** A chunk as it is kept until the end of a file, which may be a day away: without a map for each, which takes ten times the memory. */
interface ChunkEntry extends Pick<ChunkRecord, "start" | "end" | "compression" | "uncompressedSize">, Pick<IndexedChunk, "length" | "ids" | "places"> {
  readonly offset: number;
  readonly indexLength: number;
  readonly compressedSize: number;
}

function chunkIndex({ start, end, compression, compressedSize, uncompressedSize, offset, length, indexLength, ids, places }: ChunkEntry): McapTypes.ChunkIndex {
  const messageIndexOffsets = new Map<number, bigint>();
  for (const [index, id] of ids.entries()) messageIndexOffsets.set(id, BigInt(offset + (places[index] ?? 0)));
  return {
    messageStartTime: start,
    messageEndTime: end,
    chunkStartOffset: BigInt(offset),
    chunkLength: BigInt(length),
    messageIndexOffsets,
    messageIndexLength: BigInt(indexLength),
    compression,
    compressedSize: BigInt(compressedSize),
    uncompressedSize,
  };
}

/** Collects the summary of a recording (its index) and writes it. */
export class Summary {
  readonly #chunks: ChunkEntry[] = [];
  readonly #metadata: McapTypes.MetadataIndex[] = [];
  readonly #counts = new Map<number, bigint>();
  #messages = 0;
  #start: bigint | undefined;
  #end = 0n;

  get messages(): number {
    return this.#messages;
  }

  addMetadata(index: McapTypes.MetadataIndex): void {
    this.#metadata.push(index);
  }

  addChunk({ chunk, offset, indexed: { bytes, length, ids, places, counts } }: WrittenChunk): void {
    const { start, end, compression, uncompressedSize } = chunk;
    this.#chunks.push({ start, end, compression, compressedSize: chunk.records.byteLength, uncompressedSize, offset, length, indexLength: bytes.byteLength - length, ids, places });
    for (const [slot, id] of ids.entries()) {
      const count = counts[slot] ?? 0;
      this.#counts.set(id, (this.#counts.get(id) ?? 0n) + BigInt(count));
      this.#messages += count;
    }
    // One with definitions alone has no times.
    if (ids.length === 0) return;
    if (this.#start === undefined || chunk.start < this.#start) this.#start = chunk.start;
    if (chunk.end > this.#end) this.#end = chunk.end;
  }

  /** Writes the end of the data, the summary, and the footer. @param position where `builder` begins in the file, bytes */
  write(builder: McapRecordBuilder, { position, channels, schemas }: { position: number; channels: Iterable<Channel>; schemas: Iterable<Schema> }): void {
    const base = builder.length;
    const groups: McapTypes.SummaryOffset[] = [];
    const group = (groupOpcode: number, write: () => void): void => {
      const from = builder.length;
      write();
      if (builder.length === from) return;
      groups.push({ groupOpcode, groupStart: BigInt(position + from - base), groupLength: BigInt(builder.length - from) });
    };
    // Zero means no checksum over all data: it would have to survive failed writes. Each chunk has its own.
    builder.writeDataEnd({ dataSectionCrc: 0 });
    const start = builder.length;
    let [channelCount, schemaCount] = [0, 0];
    group(Opcode.SCHEMA, () => {
      for (const schema of schemas) {
        builder.writeSchema(schema);
        schemaCount += 1;
      }
    });
    group(Opcode.CHANNEL, () => {
      for (const channel of channels) {
        builder.writeChannel({ ...channel, messageEncoding: channel.encoding, metadata: new Map(channel.metadata) });
        channelCount += 1;
      }
    });
    group(Opcode.STATISTICS, () => void builder.writeStatistics(this.#statistics(channelCount, schemaCount)));
    group(Opcode.METADATA_INDEX, () => {
      for (const index of this.#metadata) builder.writeMetadataIndex(index);
    });
    group(Opcode.CHUNK_INDEX, () => {
      for (const entry of this.#chunks) builder.writeChunkIndex(chunkIndex(entry));
    });
    const offsets = builder.length;
    for (const one of groups) builder.writeSummaryOffset(one);
    const footer = { summaryStart: BigInt(position + start - base), summaryOffsetStart: BigInt(position + offsets - base), summaryCrc: 0 };
    // The checksum covers the summary and the footer up to itself.
    const covered = crc32Update(crc32Update(crc32Init(), builder.buffer.subarray(start)), footerBytes(footer).subarray(0, -4));
    builder.writeFooter({ ...footer, summaryCrc: crc32Final(covered) });
    builder.writeMagic();
  }

  #statistics(channelCount: number, schemaCount: number): McapTypes.Statistics {
    return {
      messageCount: BigInt(this.#messages),
      schemaCount,
      channelCount,
      attachmentCount: 0,
      metadataCount: this.#metadata.length,
      chunkCount: this.#chunks.length,
      messageStartTime: this.#start ?? 0n,
      messageEndTime: this.#end,
      channelMessageCounts: this.#counts,
    };
  }
}

function footerBytes(footer: McapTypes.Footer): Uint8Array {
  const builder = new McapRecordBuilder();
  builder.writeFooter(footer);
  return builder.buffer;
}
