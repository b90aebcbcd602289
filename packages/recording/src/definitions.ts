import { RecordingError } from "./errors.ts";
import { recordingLimits } from "./limits.ts";
import { readChannel, readSchema } from "./records.ts";
import type { Channel, Schema, StoredDefinition } from "./records.ts";

/** The channels and schemas of a recording, bounded together. */
export class Definitions {
  readonly channels = new Map<number, Channel>();
  readonly schemas = new Map<number, Schema>();
  #bytes = 0;

  /**
   * Reads a definition; the first of an id counts.
   * @returns what is new; undefined when the id is known @throws RecordingError `damaged`, `too_large`
   */
  add({ type, id, content }: StoredDefinition): { readonly channel: Channel } | { readonly schema: Schema } | undefined {
    if ((type === "channel" ? this.channels : this.schemas).has(id)) return undefined;
    this.#grow(content.byteLength);
    if (type === "channel") {
      const channel = readChannel(content);
      this.channels.set(id, channel);
      return { channel };
    }
    const read = readSchema(content);
    // A copy, as the record is a view of a large buffer that it would keep in memory.
    const schema = { ...read, data: read.data.slice() };
    this.schemas.set(id, schema);
    return { schema };
  }

  /** Counted before they are read: reading takes longer than skipping. */
  #grow(bytes: number): void {
    if (bytes > recordingLimits.factBytes) throw new RecordingError("too_large", `a definition of ${bytes} bytes, more than ${recordingLimits.factBytes}`);
    this.#bytes += bytes;
    if (this.#bytes > recordingLimits.definitionBytes) throw new RecordingError("too_large", `definitions of more than ${recordingLimits.definitionBytes} bytes`);
  }
}
