import type { OscTable } from "@vj/schema";
import { refuseAborted } from "./abort.ts";
import type { AbortOptions } from "./abort.ts";
import type { RecordedMessage, Recording } from "./recording.ts";

/** Most items of one list that a late joiner gets. */
const mostItems = 2000;

/** Which states are read. */
export interface StatesOptions extends AbortOptions {
  /** What the recorded workers sent; `recordedTable` reads it. */
  readonly table: OscTable;
  /** Whether a topic is asked for; default: each. */
  readonly wanted?: ((topic: string) => boolean) | undefined;
}

/**
 * What a late joiner must know at a time: the last message of each state before it, and each list since it was last emptied.
 * Reads only the chunks that hold them.
 * @param at epoch nanoseconds @throws RecordingError
 */
export async function statesBefore(recording: Recording, at: bigint, { table, wanted = () => true, signal }: StatesOptions): Promise<RecordedMessage[]> {
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
    refuseAborted(signal);
    for (const message of (await recording.read(place)).toReversed()) {
      if (message.at < at && open.delete(message.channel.id)) found.push(message);
    }
  }
  for (const reset of [...found]) {
    const list = table[reset.channel.topic]?.list?.name;
    if (list !== undefined) found.push(...(await itemsOf(recording, { list, table, after: reset.at, before: at, wanted, signal })));
  }
  return found.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

interface ListItems extends AbortOptions {
  readonly list: string;
  readonly table: OscTable;
  readonly after: bigint;
  readonly before: bigint;
  readonly wanted: (topic: string) => boolean;
}

async function itemsOf(recording: Recording, { list, table, after, before, wanted, signal }: ListItems): Promise<RecordedMessage[]> {
  const ids = new Set<number>();
  for (const { id, topic } of recording.channels.values()) {
    const own = Object.hasOwn(table, topic) ? table[topic]?.list : undefined;
    if (own?.name === list && own.role === "item" && wanted(topic)) ids.add(id);
  }
  const items: RecordedMessage[] = [];
  for (const place of recording.chunks) {
    if (place.end < after || place.start >= before || items.length >= mostItems || !place.channels.some((id) => ids.has(id))) continue;
    refuseAborted(signal);
    items.push(...(await recording.read(place)).filter(({ at, channel }) => at >= after && at < before && ids.has(channel.id)));
  }
  return items.slice(0, mostItems);
}
