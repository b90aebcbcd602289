import { readFileSync, writeFileSync } from "node:fs";
import { McapChunkBuilder, McapIndexedReader, McapRecordBuilder, McapWriter } from "@mcap/core";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { completeRecording, messagesFrom, openRecording } from "../src/index.ts";
import { MemorySink, begin, osc } from "./fixture.ts";

/** A file of another program whose messages stand in it one by one, or in chunks with an index that leaves something out. */
async function foreign(count: number, options: Partial<ConstructorParameters<typeof McapWriter>[0]> = { useChunks: false }): Promise<Uint8Array> {
  const sink = new MemorySink();
  let size = 0n;
  const writable = {
    write: async (bytes: Uint8Array) => {
      size += BigInt(bytes.byteLength);
      await sink.append(bytes.slice());
    },
    position: () => size,
  };
  const writer = new McapWriter({ writable, ...options });
  await writer.start({ profile: "", library: "other" });
  await writer.addAttachment({ logTime: begin, createTime: begin, name: "note.txt", mediaType: "text/plain", data: Buffer.from("a note") });
  const ids = [await writer.registerChannel({ topic: "/audio/energy", messageEncoding: "osc", schemaId: 0, metadata: new Map() })];
  for (let index = 0; index < count; index += 1) {
    if (index === Math.floor(count / 2)) ids.push(await writer.registerChannel({ topic: "/audio/beat", messageEncoding: "osc", schemaId: 0, metadata: new Map() }));
    const channelId = ids[index % ids.length] ?? 0;
    const at = begin + BigInt(index) * 1_000_000n;
    await writer.addMessage({ channelId, sequence: index, logTime: at, publishTime: at - 5n, data: osc("/audio/energy", [(index % 10) / 10, 0.5]) });
  }
  await writer.end();
  return sink.bytes;
}

async function read(file: string): Promise<{ topics: string[]; times: bigint[]; published: bigint[]; chunks: number }> {
  await using recording = await openRecording(file);
  const [topics, times, published]: [string[], bigint[], bigint[]] = [[], [], []];
  for await (const messages of messagesFrom(recording, recording.start)) {
    topics.push(...messages.map(({ channel }) => channel.topic));
    times.push(...messages.map(({ at }) => at));
    published.push(...messages.map((message) => message.published));
  }
  return { topics, times, published, chunks: recording.chunks.length };
}

const times = (count: number): bigint[] => Array.from({ length: count }, (_, index) => begin + BigInt(index) * 1_000_000n);

describe("a file without chunks", () => {
  it("is read like any other, some thousand messages at once", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("a.mcap"), await foreign(8000));
    const seen = await read(dir.join("a.mcap"));
    expect(seen.times).toEqual(times(8000));
    expect([seen.topics[0], seen.topics.at(-1)]).toEqual(["/audio/energy", "/audio/beat"]);
    expect(seen.chunks).toBeLessThan(10);
    expect(await completeRecording(dir.join("a.mcap"))).toEqual({ wasCut: false });
  });

  it("is completed when it was cut: its messages then stand in chunks", async () => {
    await using dir = tempDir();
    const bytes = await foreign(1000);
    const cut = bytes.subarray(0, Math.floor(bytes.byteLength / 2));
    writeFileSync(dir.join("a.mcap"), cut);
    const before = await read(dir.join("a.mcap"));
    expect(before.times.length).toBeGreaterThan(300);
    // What is attached to it is not copied.
    expect(await completeRecording(dir.join("a.mcap"))).toEqual({ wasCut: true, kept: dir.join("a.mcap.damaged") });
    expect(readFileSync(dir.join("a.mcap.damaged")).equals(cut)).toBe(true);
    const after = await read(dir.join("a.mcap"));
    expect([after.topics, after.times, after.published]).toEqual([before.topics, before.times, before.published]);
  });
});

describe.each([
  ["does not tell which channels a chunk has", { useMessageIndex: false }],
  ["repeats no channel", { repeatChannels: false, repeatSchemas: false }],
  ["is left out", { repeatChannels: false, repeatSchemas: false, useChunkIndex: false, useAttachmentIndex: false, useMetadataIndex: false, useStatistics: false, useSummaryOffsets: false }],
])("a file whose index %s", (_what, options) => {
  it("is read all the same", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("a.mcap"), await foreign(1000, { ...options, chunkSize: 5000 }));
    const seen = await read(dir.join("a.mcap"));
    expect(seen.times).toEqual(times(1000));
    expect([seen.topics[0], seen.topics.at(-1)]).toEqual(["/audio/energy", "/audio/beat"]);
    expect(await completeRecording(dir.join("a.mcap"))).toEqual({ wasCut: false });
  });
});

it("a chunk of definitions alone does not change the times of a recording that is completed", async () => {
  await using dir = tempDir();
  const builder = new McapRecordBuilder();
  builder.writeMagic();
  builder.writeHeader({ profile: "", library: "other" });
  const chunk = new McapChunkBuilder({});
  const writeChunk = (): void => {
    const { buffer, messageStartTime, messageEndTime } = chunk;
    builder.writeChunk({ messageStartTime, messageEndTime, uncompressedSize: BigInt(buffer.byteLength), uncompressedCrc: 0, compression: "", records: buffer });
    chunk.reset();
  };
  chunk.addChannel({ id: 7, topic: "/audio/energy", messageEncoding: "osc", schemaId: 0, metadata: new Map() });
  writeChunk();
  chunk.addMessage({ channelId: 7, sequence: 0, logTime: begin, publishTime: begin, data: osc("/audio/energy", [0.5, 0.5]) });
  writeChunk();
  writeFileSync(dir.join("a.mcap"), builder.buffer);
  expect(await completeRecording(dir.join("a.mcap"))).toEqual({ wasCut: true });
  const bytes = readFileSync(dir.join("a.mcap"));
  const reader = await McapIndexedReader.Initialize({ readable: { size: async () => BigInt(bytes.length), read: async (offset, size) => bytes.subarray(Number(offset), Number(offset + size)) } });
  expect(reader.statistics).toMatchObject({ messageCount: 1n, messageStartTime: begin, messageEndTime: begin });
});
