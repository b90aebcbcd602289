import { writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { RecordingWriter, joinRecordings, loadCodec, messagesFrom, openRecording, statesBefore } from "../src/index.ts";
import { contractOsc } from "@vj/schema";
import { MemorySink, begin, osc, second, show, writeRecording } from "./fixture.ts";
import type { Given } from "./fixture.ts";

async function textOf(messages: AsyncIterable<readonly { at: bigint; channel: { topic: string }; data: Uint8Array }[]>): Promise<string[]> {
  const all: string[] = [];
  for await (const chunk of messages) for (const { at, channel, data } of chunk) all.push(`${at} ${channel.topic} ${Buffer.from(data).toString("hex")}`);
  return all;
}

it("plays the parts of a night as the whole, whatever ids their channels have, and finds states of earlier parts", async () => {
  await using dir = tempDir();
  const messages: Given[] = [["/audio/silence", [1], 0], ...show(6)];
  const late = messages.filter(([, , at]) => at >= 3).toReversed().sort(([, , one], [, , other]) => one - other);
  await writeRecording(dir.join("whole.mcap"), messages);
  await writeRecording(dir.join("one.mcap"), messages.filter(([, , at]) => at < 3));
  // Its channels are met in another order.
  await writeRecording(dir.join("two.mcap"), late);
  await using whole = await openRecording(dir.join("whole.mcap"));
  await using joined = joinRecordings([await openRecording(dir.join("two.mcap")), await openRecording(dir.join("one.mcap"))]);
  expect([joined.start, joined.end]).toEqual([whole.start, whole.end]);
  const sorted = (texts: string[]): string[] => texts.toSorted((one, other) => (one < other ? -1 : 1));
  expect(sorted(await textOf(messagesFrom(joined, joined.start)))).toEqual(sorted(await textOf(messagesFrom(whole, whole.start))));
  expect(new Set(Array.from(joined.channels.values(), ({ topic }) => topic))).toEqual(new Set(["/audio/silence", "/audio/energy", "/audio/beat"]));
  const states = await statesBefore(joined, begin + 5n * second, { table: contractOsc });
  expect(states.map(({ channel }) => channel.topic)).toEqual(["/audio/silence"]);
});

it("marks the states with which a later part begins as repeated, and nothing of the first part", async () => {
  await using dir = tempDir();
  const part = async (name: string, at: bigint): Promise<void> => {
    await loadCodec();
    const sink = new MemorySink();
    const writer = new RecordingWriter(sink);
    await writer.begin("test");
    const id = writer.addChannel({ topic: "/audio/silence", encoding: "osc", schemaId: 0, metadata: new Map() }) ?? 0;
    writer.add(id, at, osc("/audio/silence", [1]), begin - second);
    writer.add(id, at + 1n, osc("/audio/silence", [0]));
    await writer.end();
    writeFileSync(dir.join(name), sink.bytes);
  };
  await part("one.mcap", begin);
  await part("two.mcap", begin + second);
  await using joined = joinRecordings([await openRecording(dir.join("one.mcap")), await openRecording(dir.join("two.mcap"))]);
  const repeated: (boolean | undefined)[] = [];
  for await (const messages of messagesFrom(joined, joined.start)) repeated.push(...messages.map((message) => message.repeated));
  expect(repeated).toEqual([undefined, undefined, true, undefined]);
});
