import type { RecordedMessage } from "@vj/recording";
import { parseJson } from "@vj/schema";
import type { OscAddress, OscTable } from "@vj/schema";
import { decode } from "@vj/telemetry";
import type { OscValue } from "@vj/telemetry";

/** A recorded message in words and numbers. */
export interface ReadableMessage {
  readonly address: string;
  /** OSC type tags; undefined for something other than OSC. */
  readonly tags?: string;
  /** The arguments by name; those of an address that nobody described are `value_1` and so on. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Reads a message; undefined when its bytes are not what its channel says. */
export function readMessage({ channel: { topic, encoding }, data }: RecordedMessage, table: OscTable): ReadableMessage | undefined {
  if (encoding === "json") {
    const value = parseJson(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString());
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { address: topic, values: Object.fromEntries(Object.entries(value).map(([name, one]: [string, unknown]) => [name, finite(one)])) } : undefined;
  }
  const decoded = encoding === "osc" ? decode(data) : undefined;
  const message = decoded?.ok === true ? decoded.messages[0] : undefined;
  if (message === undefined) return undefined;
  return { address: topic, tags: message.tags, values: named(message.args, Object.hasOwn(table, topic) ? table[topic] : undefined) };
}

function named(args: readonly OscValue[], entry: OscAddress | undefined): Record<string, OscValue> {
  return Object.fromEntries(args.map((value, index) => [entry?.args[index]?.name ?? `value_${index + 1}`, finite(value)]));
}

/** JSON has neither NaN nor Infinity; 1e999 in it is read as Infinity. */
function finite<T>(value: T): T | null {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}
