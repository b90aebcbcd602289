import type { OscTable } from "@vj/schema";
import { refuseAborted } from "./abort.ts";
import type { AbortOptions } from "./abort.ts";
import type { ChunkPlace } from "./chunk-place.ts";
import { RecordingError } from "./errors.ts";
import type { RecordedMessage } from "./messages-of.ts";
import type { Recording } from "./recording.ts";

/** Most items of one list that a late joiner gets. */
const mostItems = 2000;

/** Which states are read. */
export interface StatesOptions extends AbortOptions {
  /** What the recorded workers sent; `recordedTable` reads it. */
  readonly table: OscTable;
  /** Whether a topic is asked for; default: each. */
  readonly wanted?: ((topic: string) => boolean) | undefined;
  /** Called with the fault of a chunk that is left out. */
  readonly onDamage?: ((fault: RecordingError) => void) | undefined;
}

/**
 * What a late joiner must know at a time: the last message of each state before it, and each list since it was last emptied.
 * Reads only the chunks that hold them; a damaged chunk is left out.
 * @param at epoch nanoseconds @throws RecordingError `aborted`
 */
export async function statesBefore(recording: Recording, at: bigint, { table, wanted = () => true, onDamage, signal }: StatesOptions): Promise<RecordedMessage[]> {
  async function* read(place: ChunkPlace): AsyncGenerator<RecordedMessage[], void, void> {
    refuseAborted(signal);
    try {
      yield* recording.batches(place);
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
      onDamage?.(error);
    }
  }
  refuseAborted(signal);
  const open = new Set<number>();
  for (const { id, topic } of recording.channels.values()) {
    const entry = Object.hasOwn(table, topic) ? table[topic] : undefined;
    const isState = entry?.list === undefined ? entry?.kind === "state" : entry.list.role === "reset";
    if (isState && wanted(topic)) open.add(id);
  }
  const found: RecordedMessage[] = [];
  for (const place of recording.chunks.toReversed()) {
    if (open.size === 0) break;
    if (place.start >= at || !place.channels.some((id) => open.has(id))) continue;
    const last = new Map<number, RecordedMessage>();
    for await (const messages of read(place)) {
      for (const message of messages) if (message.at < at && open.has(message.channel.id)) last.set(message.channel.id, message);
    }
    for (const [id, message] of last) {
      open.delete(id);
      found.push(message);
    }
  }
  for (const reset of [...found]) {
    const list = table[reset.channel.topic]?.list?.name;
    if (list !== undefined) for (const item of await itemsOf(recording, { list, table, after: reset.at, before: at, wanted, read })) found.push(item);
  }
  return found.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

interface ListItems {
  readonly list: string;
  readonly table: OscTable;
  readonly after: bigint;
  readonly before: bigint;
  readonly wanted: (topic: string) => boolean;
  readonly read: (place: ChunkPlace) => AsyncIterable<readonly RecordedMessage[]>;
}

async function itemsOf(recording: Recording, { list, table, after, before, wanted, read }: ListItems): Promise<RecordedMessage[]> {
  const ids = new Set<number>();
  for (const { id, topic } of recording.channels.values()) {
    const own = Object.hasOwn(table, topic) ? table[topic]?.list : undefined;
    if (own?.name === list && own.role === "item" && wanted(topic)) ids.add(id);
  }
  const items: RecordedMessage[] = [];
  for (const place of recording.chunks) {
    if (place.end < after || place.start >= before || items.length >= mostItems || !place.channels.some((id) => ids.has(id))) continue;
    for await (const messages of read(place)) {
      for (const message of messages) {
        if (items.length < mostItems && message.at >= after && message.at < before && ids.has(message.channel.id)) items.push(message);
      }
    }
  }
  return items;
}
