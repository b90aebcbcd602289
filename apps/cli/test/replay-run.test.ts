import { RecordingWriter, createPartFile, loadCodec, openRecording } from "@vj/recording";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { ReplayWorker } from "../src/recording/replay-worker.ts";
import { ReplayRun } from "../src/recording/replay-run.ts";

it("a loop over one moment comes at most ten times a second", async () => {
  await using dir = tempDir();
  await loadCodec();
  const part = await createPartFile(dir.join("one.mcap"));
  const writer = new RecordingWriter(part);
  await writer.begin("test");
  const channel = writer.addChannel({ topic: "/x", encoding: "osc", schemaId: 0, metadata: new Map() });
  if (channel === undefined) throw new Error("no room for a channel");
  writer.add(channel, 1_700_000_000_000_000_000n, Buffer.from("/x\0\0,\0\0\0"));
  await writer.flush();
  await writer.end();
  await part.close();
  await using recording = await openRecording(dir.join("one.mcap"));

  const stop = new AbortController();
  const times: number[] = [];
  const send = (): void => {
    times.push(performance.now());
    if (times.length === 4) stop.abort();
  };
  const sink = { where: "", send, faults: () => [], lost: () => 0, close: async () => {} };
  const run = new ReplayRun({ recording, sink, from: 0, speed: 1000, loop: true, wanted: () => true, signal: stop.signal });
  const begun = performance.now();
  await run.run();
  expect(run.sent).toBe(4);
  // From the beginning of the first round: its message may come late in it.
  expect((times[3] ?? 0) - begun).toBeGreaterThan(290);
});

it("does not count what does not fit its address on the bus as sent", () => {
  const worker = new ReplayWorker({ "/level": { args: [{ name: "level", tag: "f" }], kind: "stream", description: "A level" } });
  const channel = { id: 0, schemaId: 0, topic: "/level", encoding: "osc", metadata: new Map<string, string>() };
  const publish = (...data: (string | readonly number[])[]): boolean => worker.publish({ channel, at: 0n, published: 0n, data: Buffer.concat(data.map((part) => Buffer.from(part))) });
  expect(publish("/level\0\0,f\0\0", [0x7f, 0xc0, 0, 0])).toBe(false);
  expect(publish("/level\0\0,s\0\0high\0\0\0\0")).toBe(false);
  expect(publish("/level\0\0,ff\0", [0, 0, 0, 0, 0, 0, 0, 0])).toBe(false);
  expect(publish("/level\0\0,T\0\0")).toBe(false);
});
