import { chunkContent } from "./records.ts";
import type { Channel, MessageRecord } from "./records.ts";

/** A message of a recording. */
export interface RecordedMessage {
  readonly channel: Channel;
  /** When it was received, epoch nanoseconds. */
  readonly at: bigint;
  /** When it was sent, epoch nanoseconds: before `at` for the states with which a part begins. */
  readonly published: bigint;
  /** An earlier part of a joined recording has it already. */
  readonly repeated?: true;
  /** Its bytes; a view of the chunk. */
  readonly data: Uint8Array;
}

/** Messages that are made at once. */
const batch = 4096;

/**
 * The messages among the records of a chunk, in the order of their times, some thousand at once. Those of unknown channels are left out: a channel
 * may be defined in a chunk that is damaged, so its address is unknown.
 * @throws RecordingError `damaged` before the first ones
 */
export function* messagesOf(records: Uint8Array, channels: ReadonlyMap<number, Channel>): Generator<RecordedMessage[], void, void> {
  const { count, isOrdered } = survey(records, channels);
  let messages: RecordedMessage[] = [];
  for (const record of isOrdered ? recordsOf(records) : inOrder(records, channels, count)) {
    const channel = channels.get(record.channelId);
    if (channel === undefined) continue;
    messages.push({ channel, at: record.at, published: record.published, data: record.data });
    if (messages.length < batch) continue;
    yield messages;
    messages = [];
  }
  if (messages.length > 0) yield messages;
}

function* recordsOf(records: Uint8Array): Generator<MessageRecord, void, void> {
  for (const content of chunkContent(records)) if (content.type === "message") yield content;
}

/** Reads all of it once, so that damage is found before anything is passed on. */
function survey(records: Uint8Array, channels: ReadonlyMap<number, Channel>): { count: number; isOrdered: boolean } {
  let [count, isOrdered, last] = [0, true, 0n];
  for (const { channelId, at } of recordsOf(records)) {
    if (!channels.has(channelId)) continue;
    count += 1;
    if (at < last) isOrdered = false;
    last = at;
  }
  return { count, isOrdered };
}

/** The places are put in order, not the messages: they take a fiftieth of the memory. */
function* inOrder(records: Uint8Array, channels: ReadonlyMap<number, Channel>, count: number): Generator<MessageRecord, void, void> {
  const [places, times] = [new Uint32Array(count), new BigUint64Array(count)];
  let index = 0;
  for (const { channelId, at, offset } of recordsOf(records)) {
    if (!channels.has(channelId)) continue;
    places[index] = offset;
    times[index] = at;
    index += 1;
  }
  const order = Uint32Array.from(places.keys()).sort((one, other) => {
    const [a, b] = [times[one] ?? 0n, times[other] ?? 0n];
    return a < b ? -1 : a > b ? 1 : one - other;
  });
  for (const one of order) {
    const first = recordsOf(records.subarray(places[one])).next();
    if (first.done !== true) yield first.value;
  }
}
