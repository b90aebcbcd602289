import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import { decompress } from "@foxglove/wasm-zstd";
import { contractOsc } from "@vj/schema";
import { deferred, tempDir } from "@vj/test-kit";
import { fc } from "@vj/test-kit/properties";
import { describe, expect, it, vi } from "vitest";
import { RecordingError, RecordingWriter, completeRecording, createReplacement, loadCodec, messagesFrom, openRecording, statesBefore, writerMark } from "../src/index.ts";
import { MemorySink, begin, fill, osc, recordingBytes, second, show, writeRecording } from "./fixture.ts";

const decompressHandlers = { zstd: (bytes: Uint8Array, size: bigint) => decompress(bytes, Number(size)) };

/** Topics, times and bytes of all messages, by the stream reader of @mcap/core. */
function streamed(bytes: Uint8Array): string[] {
  const reader = new McapStreamReader({ decompressHandlers, validateCrcs: true });
  const topics = new Map<number, string>();
  const lines: string[] = [];
  reader.append(bytes);
  for (let record = reader.nextRecord(); record !== undefined; record = reader.nextRecord()) {
    if (record.type === "Channel") topics.set(record.id, record.topic);
    if (record.type === "Message") lines.push(line(topics.get(record.channelId) ?? "?", record.logTime, record.data));
  }
  return lines;
}

async function indexed(bytes: Uint8Array): Promise<string[]> {
  const readable = { size: async () => BigInt(bytes.length), read: async (offset: bigint, size: bigint) => bytes.slice(Number(offset), Number(offset + size)) };
  const reader = await McapIndexedReader.Initialize({ readable, decompressHandlers });
  const lines: string[] = [];
  for await (const { channelId, logTime, data } of reader.readMessages()) lines.push(line(reader.channelsById.get(channelId)?.topic ?? "?", logTime, data));
  expect(reader.statistics?.messageCount).toBe(BigInt(lines.length));
  return lines;
}

async function ours(file: string, from = 0n): Promise<string[]> {
  await using recording = await openRecording(file);
  const lines: string[] = [];
  for await (const messages of messagesFrom(recording, from)) for (const { channel, at, data } of messages) lines.push(line(channel.topic, at, data));
  return lines;
}

const line = (topic: string, at: bigint, data: Uint8Array): string => `${at - begin} ${topic} ${Buffer.from(data).toString("hex")}`;
const expected = (seconds?: number): string[] => show(seconds).map(([address, values, at]) => line(address, begin + BigInt(Math.round(at * 1e9)), osc(address, values)));

describe("a recording", () => {
  it("is read by both readers of MCAP, and by ours: the same bytes in the same order", async () => {
    await using dir = tempDir();
    const bytes = await recordingBytes(show());
    writeFileSync(dir.join("a.mcap"), bytes);
    expect(streamed(bytes)).toEqual(expected());
    expect(await indexed(bytes)).toEqual(expected());
    expect(await ours(dir.join("a.mcap"))).toEqual(expected());
  });

  it("is left as it is when reading or completing it is cancelled", async () => {
    await using dir = tempDir();
    const bytes = await recordingBytes(show());
    // Without its index.
    const cut = bytes.subarray(0, bytes.length - 100);
    writeFileSync(dir.join("a.mcap"), cut);
    const aborted = { code: "aborted", cause: "enough" };
    const signal = AbortSignal.abort("enough");
    await expect(openRecording(dir.join("a.mcap"), { signal })).rejects.toMatchObject(aborted);
    await using recording = await openRecording(dir.join("a.mcap"));
    await expect(statesBefore(recording, recording.end, { table: contractOsc, signal })).rejects.toMatchObject(aborted);
    const reading = new AbortController();
    const messages = messagesFrom(recording, 0n, { signal: reading.signal });
    expect((await messages.next()).done).toBe(false);
    reading.abort("enough");
    await expect(messages.next()).rejects.toMatchObject(aborted);
    const completing = new AbortController();
    const completion = completeRecording(dir.join("a.mcap"), { signal: completing.signal, onProgress: () => completing.abort("enough") });
    await expect(completion).rejects.toMatchObject(aborted);
    expect(readFileSync(dir.join("a.mcap"))).toEqual(Buffer.from(cut));
    expect(readdirSync(dir.join(""))).toEqual(["a.mcap"]);
  });

  it("begins anywhere", async () => {
    await using dir = tempDir();
    await writeRecording(dir.join("a.mcap"), show());
    expect(await ours(dir.join("a.mcap"), begin + 30n * second + 50_000_000n)).toEqual(expected().filter((text) => BigInt(text.split(" ")[0] ?? 0) > 30n * second));
  });

  it("is readable up to the last whole chunk, wherever it was cut, and complete once it is completed", async () => {
    await using dir = tempDir();
    const bytes = await recordingBytes(show(6), false);
    const all = expected(6);
    for (let length = 40; length <= bytes.length; length += 83) {
      const file = dir.join(`${length}.mcap`);
      writeFileSync(file, bytes.subarray(0, length));
      const there = streamed(bytes.subarray(0, length));
      expect(all.slice(0, there.length)).toEqual(there);
      expect(await ours(file)).toEqual(there);
      expect(await completeRecording(file)).toEqual({ wasCut: true });
      expect(await indexed(readFileSync(file))).toEqual(there);
      expect(await completeRecording(file)).toEqual({ wasCut: false });
      expect(await ours(file)).toEqual(there);
    }
  });

  it("is completed by one of two that begin at once, and by the next where one was killed in the middle", async () => {
    await using dir = tempDir();
    const file = dir.join("a.mcap");
    writeFileSync(file, await recordingBytes(show(6), false));
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => completeRecording(file)));
    expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    const refusals: unknown[] = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refusals).toEqual(refusals.map(() => expect.objectContaining({ code: "in_use" })));
    expect(await indexed(readFileSync(file))).toEqual(expected(6));
    expect(readdirSync(dir.path)).toEqual(["a.mcap"]);

    writeFileSync(file, await recordingBytes(show(6), false));
    const { temporary, part } = await createReplacement(file);
    await expect(completeRecording(file)).rejects.toMatchObject({ code: "in_use", message: expect.stringContaining(String(process.pid)) });
    await part.close();
    // No process has had this pid since then: the one that was writing it is gone.
    renameSync(temporary, temporary.replace(/-\d+-[\d.]+$/, "-999999999-1"));
    expect(await completeRecording(file)).toEqual({ wasCut: true });
    expect(readdirSync(dir.path)).toEqual(["a.mcap"]);
  });

  it("keeps its metadata, and is not completed while its writer runs", async () => {
    await using dir = tempDir();
    await loadCodec();
    const sink = new MemorySink();
    const writer = new RecordingWriter(sink);
    await fill(writer, show(2), false);
    await writer.addMetadata({ name: "vj.note", values: new Map([["a", "b"]]) });
    const file = dir.join("a.mcap");
    writeFileSync(file, sink.bytes);
    await completeRecording(file);
    await using recording = await openRecording(file);
    expect(recording.metadata).toEqual([{ name: "vj.note", values: new Map([["a", "b"]]) }]);
    await writer.addMetadata(writerMark());
    writeFileSync(dir.join("b.mcap"), sink.bytes);
    await expect(completeRecording(dir.join("b.mcap"))).rejects.toMatchObject({ code: "in_use" });
    expect(await ours(dir.join("b.mcap"))).toEqual(expected(2));
  });

  it("goes on after a failed write: what was gathered is lost, nothing else", async () => {
    await loadCodec();
    const sink = new MemorySink();
    const writer = new RecordingWriter(sink);
    await writer.begin("test");
    const id = writer.addChannel({ topic: "/audio/energy", encoding: "osc", schemaId: 0, metadata: new Map() }) ?? 0;
    sink.fails = true;
    writer.add(id, begin, osc("/audio/energy", [0.1, 0]));
    await expect(writer.flush()).rejects.toThrow("no space");
    sink.fails = false;
    writer.add(id, begin + second, osc("/audio/energy", [0.2, 0]));
    await writer.end();
    expect(writer.lost).toBe(1);
    expect(await indexed(sink.bytes)).toEqual([line("/audio/energy", begin + second, osc("/audio/energy", [0.2, 0]))]);
    expect(streamed(sink.bytes)).toHaveLength(1);
  });

  it("does not write a chunk behind a lost one that defines its channels", async () => {
    await loadCodec();
    const sink = new MemorySink();
    const writer = new RecordingWriter(sink);
    await writer.begin("test");
    const id = writer.addChannel({ topic: "/audio/energy", encoding: "osc", schemaId: 0, metadata: new Map() }) ?? 0;
    const [append, { promise, reject }] = [vi.spyOn(sink, "append"), deferred<void>()];
    append.mockReturnValueOnce(promise);
    const flushed = [0.1, 0.2].map((energy) => {
      writer.add(id, begin, osc("/audio/energy", [energy, 0]));
      return writer.flush();
    });
    reject(new Error("no space left on device"));
    for (const { status, reason } of (await Promise.allSettled(flushed)) as PromiseRejectedResult[]) expect([status, String(reason)]).toEqual(["rejected", "Error: no space left on device"]);
    writer.add(id, begin + second, osc("/audio/energy", [0.3, 0]));
    await writer.end();
    expect([writer.lost, writer.messages]).toEqual([2, 1]);
    expect(streamed(sink.bytes)).toEqual([line("/audio/energy", begin + second, osc("/audio/energy", [0.3, 0]))]);
  });
});

describe("a damaged file", () => {
  /** Where the chunks of a file lie. */
  function chunksIn(bytes: Buffer): { begin: number; end: number }[] {
    const found: { begin: number; end: number }[] = [];
    for (let at = bytes.indexOf("\u0004\0\0\0zstd"); at >= 0; at = bytes.indexOf("\u0004\0\0\0zstd", at + 1)) {
      const start = at - 37;
      found.push({ begin: start, end: start + 9 + Number(bytes.readBigUInt64LE(start + 1)) });
    }
    return found;
  }

  const inSecond = (text: string): number => Math.floor(Number(text.split(" ")[0]) / 1e9);

  it("gives every chunk that is whole, wherever it is damaged, and stays as it was beside the completed one", async () => {
    await using dir = tempDir();
    const whole = Buffer.from(await recordingBytes(show(6), false));
    const chunks = chunksIn(whole);
    expect(chunks).toHaveLength(6);
    let number = 0;
    await fc.assert(
      // The first chunk has the definitions of all channels: it stays whole. A damaged last one looks like one that was cut.
      fc.asyncProperty(fc.integer({ min: chunks[0]?.end ?? 0, max: (chunks.at(-1)?.begin ?? 0) - 400 }), fc.uint8Array({ minLength: 1, maxLength: 400 }), async (at, noise) => {
        const bytes = Buffer.from(whole);
        bytes.set(noise.subarray(0, bytes.length - at), at);
        const file = dir.join(`${(number += 1)}.mcap`);
        writeFileSync(file, bytes);
        const untouched = chunks.flatMap(({ begin: from, end }, index) => (bytes.subarray(from, end).equals(whole.subarray(from, end)) ? [index] : []));
        const there = await ours(file);
        // A chunk whose times alone were changed has all its messages.
        expect(there.filter((text) => untouched.includes(inSecond(text)))).toEqual(expected(6).filter((text) => untouched.includes(inSecond(text))));
        expect(expected(6)).toEqual(expect.arrayContaining(there));
        const { kept } = await completeRecording(file);
        expect(await indexed(readFileSync(file))).toEqual(there);
        expect(kept ?? there.length).toBe(there.length < expected(6).length ? `${file}.damaged` : (kept ?? expected(6).length));
        expect(readFileSync(kept ?? file).equals(bytes)).toBe(kept !== undefined);
      }),
      { numRuns: 25 },
    );
  });

  it("is read by its index when what stands before the first chunk is gone", async () => {
    await using dir = tempDir();
    const bytes = Buffer.from(await recordingBytes(show(3)));
    bytes.fill(0, 8, chunksIn(bytes)[0]?.begin);
    writeFileSync(dir.join("a.mcap"), bytes);
    expect(await completeRecording(dir.join("a.mcap"))).toEqual({ wasCut: false });
    expect(await ours(dir.join("a.mcap"))).toEqual(expected(3));
  });
});

describe("a file of a stranger", () => {
  async function fault(bytes: Uint8Array): Promise<string> {
    await using dir = tempDir();
    writeFileSync(dir.join("a.mcap"), bytes);
    try {
      const lines = await ours(dir.join("a.mcap"));
      return `${lines.length} messages`;
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
      return error.code;
    }
  }

  it("is refused in words when it is something else", async () => {
    expect(await fault(new Uint8Array())).toBe("not_a_recording");
    expect(await fault(Buffer.from("RIFF----WAVEfmt "))).toBe("not_a_recording");
    expect(await fault(Buffer.alloc(100_000))).toBe("not_a_recording");
  });

  it("cannot claim sizes that take memory", async () => {
    const bytes = Buffer.from(await recordingBytes(show(3)));
    // The index begins where the footer says; the first chunk behind the header.
    const chunk = bytes.indexOf(Buffer.from("zstd")) - 4 - 4 - 8 - 8 - 8;
    const claims = [2n ** 63n, 2n ** 40n, 2n ** 31n, 65n * 1_048_576n, 0n];
    const before = process.memoryUsage().rss;
    for (const claim of claims) {
      for (const at of [chunk - 8, chunk + 16, bytes.length - 8 - 20, bytes.length - 8 - 12]) {
        const lying = Buffer.from(bytes);
        lying.writeBigUInt64LE(claim, at);
        expect(await fault(lying)).toMatch(/messages|damaged|too_large|unsupported/);
      }
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(400e6);
  });

  it("never does more than fail with a reason, whatever bytes are changed", async () => {
    const bytes = Buffer.from(await recordingBytes(show(4)));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }), fc.nat(bytes.length), async (changes, cut) => {
        const changed = Buffer.from(bytes);
        for (const [at, value] of changes) changed[at] = value;
        expect(await fault(changed)).toMatch(/messages|damaged|too_large|unsupported|not_a_recording/);
        expect(await fault(changed.subarray(0, cut))).toMatch(/messages|damaged|too_large|unsupported|not_a_recording/);
      }),
      { numRuns: 150 },
    );
  });
});
