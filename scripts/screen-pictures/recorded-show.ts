import { readFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { openRecording } from "@vj/recording";
import type { RecordedMessage } from "@vj/recording";
import type { RigEvent as BusEvent } from "@vj/rig";
import { logLevels } from "@vj/schema";
import { decode } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";
import type { LogEntry } from "../../packages/logs/src/index.ts";

/** One thing that happened, `at` epoch milliseconds. `targets` is the answer of the process manager to `get_targets`. */
export type Happening = { readonly at: number } & (
  | { readonly type: "bus"; readonly event: BusEvent }
  | { readonly type: "targets"; readonly data: unknown }
  | { readonly type: "osc"; readonly message: OscMessage }
  | { readonly type: "log"; readonly entry: LogEntry }
);

const folder = path.join(import.meta.dirname, "show");

/** Reads what `record.mjs` recorded, in the order of time. */
export async function readShow(): Promise<readonly Happening[]> {
  const all = [...(await readBus()), ...(await readOsc())];
  return all.toSorted((one, other) => one.at - other.at);
}

async function readBus(): Promise<Happening[]> {
  const lines = gunzipSync(await readFile(path.join(folder, "bus.ndjson.gz"))).toString("utf8").trimEnd().split("\n");
  return lines.map((line) => {
    // Written by the recorder from events of these types.
    const { at, ...event } = JSON.parse(line) as { at: number } & (BusEvent | { type: "targets"; data: unknown });
    return event.type === "targets" ? { at, type: "targets", data: event.data } : { at, type: "bus", event };
  });
}

async function readOsc(): Promise<Happening[]> {
  await using recording = await openRecording(path.join(folder, "osc.mcap"));
  const happenings: Happening[] = [];
  for (const place of recording.chunks) happenings.push(...(await recording.read(place)).flatMap(readMessage));
  return happenings;
}

function readMessage({ channel, at: nanoseconds, data }: RecordedMessage): Happening[] {
  const at = Number(nanoseconds) / 1e6;
  if (channel.topic === "/vj/log") return [{ at, type: "log", entry: readLog(data) }];
  if (channel.encoding !== "osc") return [];
  const decoded = decode(data);
  return decoded.ok ? decoded.messages.map((message) => ({ at, type: "osc", message })) : [];
}

function readLog(data: Uint8Array): LogEntry {
  const line = Buffer.from(data).toString("utf8");
  const { timestamp, level, message, name } = JSON.parse(line) as { timestamp: { sec: number; nsec: number }; level: number; message: string; name: string };
  return { at: timestamp.sec * 1000 + timestamp.nsec / 1e6, level: logLevels[level] ?? "info", source: name, text: message, line };
}
