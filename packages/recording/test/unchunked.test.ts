import { writeFileSync } from "node:fs";
import { McapWriter } from "@mcap/core";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { completeRecording, messagesFrom, openRecording } from "../src/index.ts";
import { MemorySink, begin, osc } from "./fixture.ts";

/** A file of another program whose messages stand in it one by one. */
async function unchunked(count: number): Promise<Uint8Array> {
  const sink = new MemorySink();
  let size = 0n;
  const writable = {
    write: async (bytes: Uint8Array) => {
      size += BigInt(bytes.byteLength);
      await sink.append(bytes.slice());
    },
    position: () => size,
  };
  const writer = new McapWriter({ writable, useChunks: false });
  await writer.start({ profile: "", library: "other" });
  const ids = [await writer.registerChannel({ topic: "/audio/energy", messageEncoding: "osc", schemaId: 0, metadata: new Map() })];
  for (let index = 0; index < count; index += 1) {
    if (index === Math.floor(count / 2)) ids.push(await writer.registerChannel({ topic: "/audio/beat", messageEncoding: "osc", schemaId: 0, metadata: new Map() }));
    const channelId = ids[index % ids.length] ?? 0;
    const at = begin + BigInt(index) * 1_000_000n;
    await writer.addMessage({ channelId, sequence: index, logTime: at, publishTime: at, data: osc("/audio/energy", [(index % 10) / 10, 0.5]) });
  }
  await writer.end();
  return sink.bytes;
}

async function read(file: string): Promise<{ topics: string[]; times: bigint[]; chunks: number }> {
  await using recording = await openRecording(file);
  const [topics, times]: [string[], bigint[]] = [[], []];
  for await (const messages of messagesFrom(recording, recording.start)) {
    topics.push(...messages.map(({ channel }) => channel.topic));
    times.push(...messages.map(({ at }) => at));
  }
  return { topics, times, chunks: recording.chunks.length };
}

const times = (count: number): bigint[] => Array.from({ length: count }, (_, index) => begin + BigInt(index) * 1_000_000n);

describe("a file without chunks", () => {
  it("is read like any other, some thousand messages at once", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("a.mcap"), await unchunked(8000));
    const seen = await read(dir.join("a.mcap"));
    expect(seen.times).toEqual(times(8000));
    expect([seen.topics[0], seen.topics.at(-1)]).toEqual(["/audio/energy", "/audio/beat"]);
    expect(seen.chunks).toBeLessThan(10);
    expect(await completeRecording(dir.join("a.mcap"))).toEqual({ wasCut: false });
  });

  it("is completed when it was cut: its messages then stand in chunks", async () => {
    await using dir = tempDir();
    const bytes = await unchunked(1000);
    writeFileSync(dir.join("a.mcap"), bytes.subarray(0, Math.floor(bytes.byteLength / 2)));
    const before = await read(dir.join("a.mcap"));
    expect(before.times.length).toBeGreaterThan(300);
    expect(await completeRecording(dir.join("a.mcap"))).toEqual({ wasCut: true });
    const after = await read(dir.join("a.mcap"));
    expect([after.topics, after.times]).toEqual([before.topics, before.times]);
  });
});
