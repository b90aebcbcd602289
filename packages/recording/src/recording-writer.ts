import { McapChunkBuilder, McapRecordBuilder } from "@mcap/core";
import { packChunk } from "./codec.ts";
import type { Channel, ChunkRecord, Metadata, Schema } from "./records.ts";
import { Summary } from "./summary.ts";
import type { MessageIndexes } from "./summary.ts";
import { RecordingError } from "./errors.ts";

/** Appends bytes to a file: all of them, or none and an error. */
export interface ByteSink {
  append(bytes: Uint8Array): Promise<void>;
}

/**
 * Writes a recording: messages are gathered and written as one chunk with each `flush`, so the file can be read up to the last whole
 * chunk at any moment. `loadCodec` must have resolved. After a failed write the file is as before, and the gathered messages are lost.
 */
export class RecordingWriter {
  readonly #sink: ByteSink;
  readonly #summary = new Summary();
  readonly #builder = new McapRecordBuilder();
  readonly #chunk = new McapChunkBuilder({});
  readonly #channels = new Map<number, Channel>();
  readonly #schemas = new Map<number, Schema>();
  /** Definitions in this file, or in what is being written. */
  #announced = new Set<number>();
  /** Writes happen one after the other. */
  #last: Promise<void> = Promise.resolve();
  #position = 0;
  #lost = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  /** Length of the file, bytes. */
  get position(): number {
    return this.#position;
  }

  /** Messages in the file; those that wait for `flush` do not count. */
  get messages(): number {
    return this.#summary.messages;
  }

  /** Messages that could not be written. */
  get lost(): number {
    return this.#lost;
  }

  /** Bytes that wait for `flush`; from `chunkBytes` on, flush at once. */
  get gathered(): number {
    return this.#chunk.byteLength;
  }

  /** Writes the head of the file. @throws errors of the sink */
  begin(library: string): Promise<void> {
    return this.#write((builder) => {
      builder.writeMagic();
      builder.writeHeader({ profile: "", library });
    });
  }

  /** Facts beside the messages, written at once. @throws errors of the sink */
  addMetadata({ name, values }: Metadata): Promise<void> {
    let length = 0n;
    return this.#write(
      (builder) => void (length = builder.writeMetadata({ name, metadata: new Map(values) })),
      (offset) => this.#summary.addMetadata({ name, offset: BigInt(offset), length }),
    );
  }

  /** @returns the id for `addChannel`; @param schema without its id */
  addSchema(schema: Omit<Schema, "id">): number {
    const id = this.#schemas.size + 1;
    this.#schemas.set(id, { ...schema, id });
    return id;
  }

  /** @returns the id for `add`; undefined when a file can have no more channels. */
  addChannel(channel: Omit<Channel, "id">): number | undefined {
    const id = this.#channels.size;
    if (id > 65_535) return undefined;
    this.#channels.set(id, { ...channel, id });
    return id;
  }

  /** Whether a channel was added or adopted. */
  knows(channelId: number): boolean {
    return this.#channels.has(channelId);
  }

  /** Gathers one message; `data` is copied. @param at epoch nanoseconds @param published when it was sent, if that was earlier @throws RecordingError `misuse` for a channel that was not added */
  add(channelId: number, at: bigint, data: Uint8Array, published = at): void {
    if (!this.#announced.has(channelId)) this.#announce(channelId);
    this.#chunk.addMessage({ channelId, sequence: 0, logTime: at, publishTime: published, data });
  }

  /** Writes what was gathered as one chunk. @throws errors of the sink */
  async flush(): Promise<void> {
    const count = this.#chunk.numMessages;
    if (count === 0) return this.#last;
    const records = this.#chunk.buffer;
    const indexes: MessageIndexes = new Map([...this.#chunk.indices].map(({ channelId, records: entries }) => [channelId, entries]));
    const chunk = { ...packChunk(records), start: this.#chunk.messageStartTime, end: this.#chunk.messageEndTime };
    this.#chunk.reset();
    try {
      await this.copyChunk(chunk, indexes);
    } catch (error) {
      // The lost chunk may have had definitions without which the messages gathered meanwhile cannot be read.
      this.#lost += count + this.#chunk.numMessages;
      this.#chunk.reset();
      this.#announced = new Set();
      throw error;
    }
  }

  /** Writes a chunk as it is. @throws errors of the sink */
  copyChunk(chunk: ChunkRecord, indexes: MessageIndexes): Promise<void> {
    const places = new Map<number, number>();
    let length = 0;
    return this.#write(
      (builder) => {
        builder.writeChunk({ ...chunk, messageStartTime: chunk.start, messageEndTime: chunk.end });
        length = builder.length;
        for (const [channelId, records] of indexes) {
          places.set(channelId, builder.length);
          builder.writeMessageIndex({ channelId, records });
        }
      },
      (offset, total) => this.#summary.addChunk({ chunk, offset, length, indexLength: total - length, places, indexes }),
    );
  }

  /** Keeps a definition from a copied chunk. */
  adopt(definition: { readonly channel: Channel } | { readonly schema: Schema }): void {
    if ("channel" in definition) this.#channels.set(definition.channel.id, definition.channel);
    else this.#schemas.set(definition.schema.id, definition.schema);
  }

  /** Writes the rest and the index, with which any reader can jump to any time. @throws errors of the sink */
  async end(): Promise<void> {
    await this.flush();
    await this.#write((builder) =>
      this.#summary.write(builder, { position: this.#position, channels: this.#channels.values(), schemas: this.#schemas.values() }));
  }

  #announce(channelId: number): void {
    const channel = this.#channels.get(channelId);
    if (channel === undefined) throw new RecordingError("misuse", `channel ${channelId} was not added: call addChannel before`);
    const schema = this.#schemas.get(channel.schemaId);
    if (schema !== undefined) this.#chunk.addSchema(schema);
    this.#chunk.addChannel({ ...channel, messageEncoding: channel.encoding, metadata: new Map(channel.metadata) });
    this.#announced.add(channelId);
  }

  #write(fill: (builder: McapRecordBuilder) => void, done: (offset: number, length: number) => void = () => {}): Promise<void> {
    const write = async (): Promise<void> => {
      this.#builder.reset();
      fill(this.#builder);
      const bytes = this.#builder.buffer;
      await this.#sink.append(bytes);
      done(this.#position, bytes.byteLength);
      this.#position += bytes.byteLength;
    };
    const written = this.#last.then(write);
    this.#last = written.catch(() => {});
    return written;
  }
}
