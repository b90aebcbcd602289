import type { ChunkPlace } from "./chunk-place.ts";
import { RecordingError } from "./errors.ts";
import type { RecordedMessage } from "./messages-of.ts";
import { allOf } from "./recording.ts";
import type { Recording } from "./recording.ts";
import type { Channel } from "./records.ts";

/** Where a chunk of a joined recording is. */
interface Origin {
  readonly part: Recording;
  readonly place: ChunkPlace;
  readonly channels: ReadonlyMap<Channel, Channel>;
}

/**
 * Several recordings as one, in the order of their times. The states with which each later part begins are marked as repeated. Channels of
 * one topic and encoding become one. Closing it closes all parts. Schemas are those of the first part; the messages of the others are read as bytes of OSC.
 */
export function joinRecordings(parts: readonly [Recording, ...Recording[]]): Recording {
  if (parts.length === 1) return parts[0];
  const ordered = parts.toSorted((one, other) => (one.start < other.start ? -1 : Number(one.start > other.start)));
  const channels = new Map<number, Channel>();
  const byTopic = new Map<string, Channel>();
  const origins = new Map<ChunkPlace, Origin>();
  for (const part of ordered) {
    const own = new Map<Channel, Channel>();
    const ids = new Map<number, number>();
    for (const channel of part.channels.values()) {
      const key = JSON.stringify([channel.encoding, channel.topic]);
      const joined = byTopic.get(key) ?? { ...channel, id: byTopic.size };
      byTopic.set(key, joined);
      channels.set(joined.id, joined);
      own.set(channel, joined);
      ids.set(channel.id, joined.id);
    }
    for (const place of part.chunks) origins.set({ ...place, channels: Uint16Array.from(place.channels, (id) => ids.get(id) ?? 0) }, { part, place, channels: own });
  }
  const chunks = [...origins.keys()].sort((one, other) => (one.start < other.start ? -1 : Number(one.start > other.start)));
  const close = async (): Promise<void> => void (await Promise.all(parts.map((part) => part.close())));
  async function* batches(place: ChunkPlace): AsyncGenerator<RecordedMessage[], void, void> {
    const origin = origins.get(place);
    if (origin === undefined) throw new RecordingError("misuse", "a chunk of another recording: give one of `chunks` of this recording");
    for await (const messages of origin.part.batches(origin.place)) {
      yield messages.flatMap((message): RecordedMessage[] => {
        const channel = origin.channels.get(message.channel);
        if (channel === undefined) return [];
        return [origin.part !== ordered[0] && message.published < origin.part.start ? { ...message, channel, repeated: true } : { ...message, channel }];
      });
    }
  }
  return {
    chunks,
    channels,
    schemas: parts[0].schemas,
    metadata: ordered.flatMap(({ metadata }) => metadata),
    cut: parts.some(({ cut }) => cut),
    start: chunks[0]?.start ?? 0n,
    end: ordered.reduce((latest, { end }) => (end > latest ? end : latest), 0n),
    batches,
    read: (place) => allOf(batches(place)),
    close,
    [Symbol.asyncDispose]: close,
  };
}
