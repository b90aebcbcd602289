import { RecordingError } from "./errors.ts";
import { recordingLimits } from "./limits.ts";
import type { Channel, Schema } from "./records.ts";

/** The channels and schemas of a recording, bounded together. */
export class Definitions {
  readonly channels = new Map<number, Channel>();
  readonly schemas = new Map<number, Schema>();
  #bytes = 0;

  /** The first definition of an id counts. @throws RecordingError `too_large` */
  addChannel(channel: Channel): void {
    if (this.channels.has(channel.id)) return;
    let bytes = channel.topic.length + channel.encoding.length;
    for (const [key, value] of channel.metadata) bytes += key.length + value.length;
    this.#grow(bytes);
    this.channels.set(channel.id, channel);
  }

  /** The first definition of an id counts. @throws RecordingError `too_large` */
  addSchema(schema: Schema): void {
    if (this.schemas.has(schema.id)) return;
    this.#grow(schema.name.length + schema.data.byteLength);
    // A copy, as the record is a view of a large buffer that it would keep in memory.
    this.schemas.set(schema.id, { ...schema, data: schema.data.slice() });
  }

  #grow(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > recordingLimits.definitionBytes) throw new RecordingError("too_large", `definitions of more than ${recordingLimits.definitionBytes} bytes`);
  }
}
