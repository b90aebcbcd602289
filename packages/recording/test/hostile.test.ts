import { writeFileSync } from "node:fs";
import path from "node:path";
import { MCAP_MAGIC } from "@mcap/core";
import { contractOsc } from "@vj/schema";
import { spawnNode, tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { completeRecording, loadCodec, messagesFrom, openRecording, statesBefore } from "../src/index.ts";
import { Definitions } from "../src/definitions.ts";
import { readSummary } from "../src/read-summary.ts";
import { opcodes } from "../src/records.ts";
import { scan } from "../src/scan.ts";
import { begin, second, show, writeRecording } from "./fixture.ts";
import { CountedSource, channelContent, chunk, fileOf, message, numbers, record, text } from "./hostile.ts";

const mebibyte = 1_048_576;

it("chunks that grow ten-thousandfold are refused before they take minutes, by reading and by completing", async () => {
  const first = await chunk(Buffer.concat([record(opcodes.channel, channelContent(0, "/a")), message(0, 1)]));
  const bomb = await chunk(Buffer.alloc(60 * mebibyte, record(200, Buffer.alloc(100_000))));
  await using dir = tempDir();
  writeFileSync(dir.join("a.mcap"), fileOf(first, ...Array.from({ length: 30 }, () => bomb)));
  await expect(openRecording(dir.join("a.mcap"))).rejects.toMatchObject({ code: "too_large", message: expect.stringContaining("once they are decompressed") });
  await expect(completeRecording(dir.join("a.mcap"))).rejects.toMatchObject({ code: "too_large" });
});

it("an index with a thousand places of the same large chunk is not believed", async () => {
  const bomb = await chunk(Buffer.concat([record(opcodes.channel, channelContent(0, "/a")), message(0, 1), Buffer.alloc(60 * mebibyte, record(200, Buffer.alloc(100_000)))]));
  const data = fileOf(bomb, record(opcodes.dataEnd, Buffer.alloc(4)));
  const offset = fileOf().byteLength;
  const place = (claimed: number): Buffer => record(opcodes.chunkIndex, Buffer.concat([numbers(1, 1, offset, bomb.byteLength), Buffer.from([10, 0, 0, 0]), Buffer.alloc(10), numbers(0), text("zstd"), numbers(0, claimed)]));
  const file = (claimed: number): Buffer => Buffer.concat([data, record(opcodes.channel, channelContent(0, "/a")), ...Array.from({ length: 1000 }, () => place(claimed)), record(opcodes.footer, Buffer.concat([numbers(data.byteLength, 0), Buffer.alloc(4)])), Uint8Array.from(MCAP_MAGIC)]);
  await using dir = tempDir();
  writeFileSync(dir.join("honest.mcap"), file(60 * mebibyte));
  await using honest = await openRecording(dir.join("honest.mcap"));
  // The one chunk that is there was looked for.
  expect(honest.chunks).toHaveLength(1);
  writeFileSync(dir.join("lying.mcap"), file(0));
  await using lying = await openRecording(dir.join("lying.mcap"));
  const faults: string[] = [];
  for await (const messages of messagesFrom(lying, 0n, { onDamage: ({ code }) => faults.push(code) })) expect(messages).toEqual([]);
  expect(faults).toEqual(Array.from({ length: 1000 }, () => "damaged"));
});

it("sixty thousand channels outside of chunks take as long for each message as one does", { timeout: 60_000 }, async () => {
  const ids = Array.from({ length: 60_000 }, (_, id) => id);
  await using dir = tempDir();
  writeFileSync(dir.join("a.mcap"), fileOf(Buffer.concat(ids.map((id) => record(opcodes.channel, channelContent(id, `/a${id}`)))), ...[1, 2].map((round) => Buffer.concat(ids.map((id) => message(id, round))))));
  await using recording = await openRecording(dir.join("a.mcap"));
  let count = 0;
  for await (const messages of messagesFrom(recording, 0n)) count += messages.length;
  expect(count).toBe(2 * ids.length);
});

it.each([["in order", (index: number) => index], ["in no order", (index: number) => (index * 7919) % 600_000]])("six hundred thousand messages in one chunk, %s, are completed and read with little more memory than the chunk", { timeout: 120_000 }, async (_, timeOf) => {
  const count = 600_000;
  const one = message(0, 1);
  const records = Buffer.alloc(count * one.byteLength, one);
  for (let index = 0; index < count; index += 1) records.writeUInt32LE(timeOf(index) + 1, index * one.byteLength + 15);
  await using dir = tempDir();
  const file = dir.join("a.mcap");
  writeFileSync(file, fileOf(await chunk(Buffer.concat([record(opcodes.channel, channelContent(0, "/a")), records]))));
  // An object and two large numbers of this heap for each message are over 80 MB.
  await using completing = spawnNode(["--max-old-space-size=40", path.join(import.meta.dirname, "fixtures/complete.mjs"), file]);
  expect(await completing.exited).toMatchObject({ code: 0 });
  expect(completing.output()).toContain('{"wasCut":true}');
  expect(completing.output()).toContain(`{"count":${count},"isOrdered":true}`);
  await using recording = await openRecording(file);
  expect([recording.cut, recording.start, recording.end]).toEqual([false, 1n, BigInt(count)]);
});

it("a definition whose id is known is not read again, and is bounded before it is read", () => {
  const definitions = new Definitions();
  expect(definitions.add({ type: "channel", id: 7, content: channelContent(7, "/a") })).toMatchObject({ channel: { id: 7, topic: "/a" } });
  expect(definitions.add({ type: "channel", id: 7, content: Uint8Array.of(7, 0, 255) })).toBeUndefined();
  expect(() => definitions.add({ type: "channel", id: 8, content: new Uint8Array(5 * mebibyte) })).toThrow(/a definition of/);
  expect(() => {
    for (let id = 8; ; id += 1) definitions.add({ type: "channel", id, content: channelContent(id, "a".repeat(mebibyte)) });
  }).toThrow(/definitions of more than/);
});

it("an index that names the same metadata again and again has it read a few times only", async () => {
  const values = Buffer.concat(Array.from({ length: 3000 }, (_, index) => Buffer.concat([text(`key ${index}`), text("x".repeat(1000))])));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(values.byteLength);
  const metadata = record(opcodes.metadata, Buffer.concat([text("facts"), length, values]));
  const data = fileOf(metadata, record(opcodes.dataEnd, Buffer.alloc(4)));
  const place = record(opcodes.metadataIndex, Buffer.concat([numbers(fileOf().byteLength, metadata.byteLength), text("facts")]));
  const source = new CountedSource(Buffer.concat([data, ...Array.from({ length: 4000 }, () => place), record(opcodes.footer, Buffer.concat([numbers(data.byteLength, 0), Buffer.alloc(4)])), Uint8Array.from(MCAP_MAGIC)]));
  const index = await readSummary(source);
  expect(index?.metadata[0]?.values.get("key 5")).toHaveLength(1000);
  expect(source.bytesRead).toBeLessThan(20 * mebibyte);
});

it("heads of chunks that are none do not make it read the file hundreds of times", async () => {
  await loadCodec();
  const whole = await chunk(Buffer.concat([record(opcodes.channel, channelContent(0, "/a")), message(0, 1)]));
  const damaged = Buffer.from(whole);
  damaged.fill(0xee, damaged.byteLength - 12);
  const source = new CountedSource(fileOf(...Array.from({ length: 300 }, () => damaged), Buffer.alloc(2_000_007, record(200, new Uint8Array())), Buffer.alloc(20, 0x55)));
  let damages = 0;
  for await (const { type } of scan(source)) damages += Number(type === "damage");
  expect(damages).toBeGreaterThan(0);
  expect(source.bytesRead).toBeLessThan(20 * source.size);
});

it("the states before a time are those of the chunks that can be read", async () => {
  await using dir = tempDir();
  await writeRecording(dir.join("a.mcap"), [...show(10), ["/audio/silence", [1], 2.5] as const, ["/audio/silence", [0], 5.5] as const].sort((one, other) => one[2] - other[2]));
  await using recording = await openRecording(dir.join("a.mcap"));
  const broken = recording.chunks.find(({ start }) => start >= begin + 5n * second);
  const faults: string[] = [];
  const damaged = { ...recording, batches: (place: (typeof recording.chunks)[number]) => recording.batches(place === broken ? { ...place, offset: place.offset + 1 } : place) };
  const states = await statesBefore(damaged, recording.end, { table: contractOsc, onDamage: ({ message: fault }) => faults.push(fault) });
  expect(states.filter(({ channel }) => channel.topic === "/audio/silence")).toHaveLength(1);
  expect(faults).toHaveLength(1);
});
