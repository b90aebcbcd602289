import { RecordingWriter, createPartFile, loadCodec, messagesFrom } from "@vj/recording";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { nextNames, openParts } from "../src/recording/open-parts.ts";

const begin = 1_700_000_000_000_000_000n;

/** A recording with one message each half second. @param from seconds @param to seconds */
async function write(file: string, from: number, to: number): Promise<void> {
  await loadCodec();
  await using part = await createPartFile(file);
  const writer = new RecordingWriter(part);
  await writer.begin("test");
  const id = writer.addChannel({ topic: "/a", encoding: "osc", schemaId: 0, metadata: new Map() }) ?? 0;
  for (let at = from; at < to; at += 0.5) writer.add(id, begin + BigInt(at * 1e9), Buffer.from("/a\0\0,\0\0\0"));
  await writer.end();
}

it("names the part after a file", () => {
  expect(nextNames("/n/night.mcap")).toEqual(["/n/night-2.mcap"]);
  expect(nextNames("night-9.mcap")).toEqual(["night-10.mcap", "night-9-2.mcap"]);
  expect(nextNames("vj-2026-11-26-221503.mcap")).toEqual(["vj-2026-11-26-221503-2.mcap"]);
});

it("opens the parts that go on where the one before ends, and no other recording of such a name", async () => {
  await using dir = tempDir();
  await write(dir.join("night.mcap"), 0, 10);
  await write(dir.join("night-2.mcap"), 10, 20);
  await write(dir.join("night-3.mcap"), 20, 25);
  await write(dir.join("night-4.mcap"), 90_000, 90_010);
  const { recording, files } = await openParts(dir.join("night.mcap"), new AbortController().signal);
  await using _open = recording;
  expect(files).toEqual(["night.mcap", "night-2.mcap", "night-3.mcap"].map((name) => dir.join(name)));
  let times: bigint[] = [];
  for await (const messages of messagesFrom(recording, begin + 9_000_000_000n)) times = [...times, ...messages.map(({ at }) => at)];
  expect(times).toEqual(Array.from({ length: 32 }, (_, index) => begin + 9_000_000_000n + BigInt(index) * 500_000_000n));
});
