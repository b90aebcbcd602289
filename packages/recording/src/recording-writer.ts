import { McapRecordBuilder } from "@mcap/core";
import { ChunkBuffer } from "./chunk-buffer.ts";
import type { BytesWithin } from "./chunk-buffer.ts";
import { indexedChunk } from "./chunk-bytes.ts";
import type { IndexedChunk } from "./chunk-bytes.ts";
import { packChunk } from "./codec.ts";
import type { Channel, ChunkRecord, Metadata, Schema } from "./records.ts";
import { Summary } from "./summary.ts";
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
  readonly #definition = new McapRecordBuilder();
  readonly #chunk = new ChunkBuffer();
  readonly #channels = new Map<number, Channel>();
  readonly #schemas = new Map<number, Schema>();
  /** Definitions in this file, or in what is being written. */
  #announced = new Set<number>();
  /** Why the last chunk that was lost could not be written. */
  #fault: unknown;
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
    return this.#chunk.length;
  }

  /** Writes the head of the file, with the first facts in one piece: nobody finds the file without them. @throws errors of the sink */
  begin(library: string, facts?: Metadata): Promise<void> {
    let [place, length] = [0, 0n];
    return this.#write(
      (builder) => {
        builder.writeMagic();
        builder.writeHeader({ profile: "", library });
        place = builder.length;
        if (facts !== undefined) length = builder.writeMetadata({ name: facts.name, metadata: new Map(facts.values) });
      },
      (offset) => {
        if (facts !== undefined) this.#summary.addMetadata({ name: facts.name, offset: BigInt(offset + place), length });
      },
    );
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
    this.addFrom(channelId, at, { data, begin: 0, end: data.byteLength }, published);
  }

  /** As `add`, for a part of some bytes: no view of it has to be made. @throws RecordingError `misuse` for a channel that was not added */
  addFrom(channelId: number, at: bigint, message: BytesWithin, published = at): void {
    if (!this.#announced.has(channelId)) this.#announce(channelId);
    this.#chunk.add(channelId, at, message, published);
  }

  /** Writes what was gathered as one chunk. @throws errors of the sink */
  async flush(): Promise<void> {
    const { messages, start, end, records } = this.#chunk;
    if (messages === 0) return this.#last;
    const chunk = { ...packChunk(records), start, end };
    const indexed = indexedChunk(chunk, records);
    this.#chunk.clear();
    try {
      await this.#writeChunk(chunk, indexed);
    } catch (error) {
      // The lost chunk may have had definitions without which the messages gathered meanwhile cannot be read.
      this.#lost += messages + this.#chunk.messages;
      this.#chunk.clear();
      this.#announced = new Set();
      this.#fault = error;
      throw error;
    }
  }

  /** Writes a chunk as it is. @param records those of the chunk, not compressed @throws errors of the sink, RecordingError `damaged` when the records are not whole */
  async copyChunk(chunk: ChunkRecord, records: Uint8Array): Promise<void> {
    await this.#writeChunk(chunk, indexedChunk(chunk, records));
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
    this.#definition.reset();
    if (schema !== undefined) this.#definition.writeSchema(schema);
    this.#definition.writeChannel({ ...channel, messageEncoding: channel.encoding, metadata: new Map(channel.metadata) });
    this.#chunk.append(this.#definition.buffer);
    this.#announced.add(channelId);
  }

  #writeChunk(chunk: ChunkRecord, indexed: IndexedChunk): Promise<void> {
    const announced = this.#announced;
    const bytesOf = (): Uint8Array => {
      // The one before it was lost while this one waited, and with it the definitions of these messages.
      if (announced !== this.#announced) throw this.#fault;
      return indexed.bytes;
    };
    return this.#append(bytesOf, (offset) => this.#summary.addChunk({ chunk, offset, indexed }));
  }

  #write(fill: (builder: McapRecordBuilder) => void, done?: (offset: number) => void): Promise<void> {
    return this.#append(() => {
      this.#builder.reset();
      fill(this.#builder);
      return this.#builder.buffer;
    }, done);
  }

  #append(bytesOf: () => Uint8Array, done: (offset: number) => void = () => {}): Promise<void> {
    const write = async (): Promise<void> => {
      const bytes = bytesOf();
      await this.#sink.append(bytes);
      done(this.#position);
      this.#position += bytes.byteLength;
    };
    const written = this.#last.then(write);
    this.#last = written.catch(() => {});
    return written;
  }
}
