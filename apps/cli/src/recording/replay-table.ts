import { recordedTable } from "@vj/recording";
import type { Recording } from "@vj/recording";
import type { OscAddress, OscTable } from "@vj/schema";
import { decode } from "@vj/telemetry";

/** Chunks that are read for addresses that nobody described. */
const mostChunks = 256;

/**
 * The addresses of a recording with their types: as described, otherwise as in their first message. Those with types beyond
 * i, f and s are left out: a table has no others.
 * @param wanted whether an address is asked for
 */
export async function replayTable(recording: Recording, wanted: (address: string) => boolean): Promise<OscTable> {
  const described = recordedTable(recording.metadata);
  const table: Record<string, OscAddress> = {};
  const open = new Set<number>();
  for (const { id, topic, encoding } of recording.channels.values()) {
    if (encoding !== "osc" || !wanted(topic)) continue;
    const entry = Object.hasOwn(described, topic) ? described[topic] : undefined;
    if (entry === undefined) open.add(id);
    else table[topic] = entry;
  }
  let chunks = 0;
  for (const place of recording.chunks) {
    if (open.size === 0 || chunks >= mostChunks) break;
    if (!place.channels.some((id) => open.has(id))) continue;
    chunks += 1;
    for await (const messages of recording.batches(place)) {
      for (const { channel, data } of messages) {
        if (!open.delete(channel.id)) continue;
        const entry = entryOf(data);
        if (entry !== undefined) table[channel.topic] = entry;
      }
    }
  }
  return table;
}

function entryOf(data: Uint8Array): OscAddress | undefined {
  const decoded = decode(data);
  const tags = decoded.ok ? (decoded.messages[0]?.tags ?? "T") : "T";
  if (!/^[ifs]*$/.test(tags)) return undefined;
  const args = Array.from(tags).map((tag, index) => ({ name: `value_${index + 1}`, tag: tag === "i" ? ("i" as const) : tag === "f" ? ("f" as const) : ("s" as const) }));
  return { args, kind: "event", description: "Recorded; its worker did not describe it" };
}
