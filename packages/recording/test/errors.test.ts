import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { RecordingWriter, joinRecordings, loadCodec, openRecording } from "../src/index.ts";
import { MemorySink, begin, show, writeRecording } from "./fixture.ts";

it("calls that cannot be meant are refused with a code", async () => {
  await using dir = tempDir();
  await writeRecording(dir.join("one.mcap"), show(2));
  await writeRecording(dir.join("two.mcap"), show(2));
  await using one = await openRecording(dir.join("one.mcap"));
  await using joined = joinRecordings([await openRecording(dir.join("one.mcap")), await openRecording(dir.join("two.mcap"))]);
  const [foreign] = one.chunks;
  if (foreign === undefined) throw new Error("the recording has no chunk");
  const misuse = { name: "RecordingError", code: "misuse" };
  await expect(joined.read(foreign)).rejects.toMatchObject(misuse);
  await loadCodec();
  expect(() => new RecordingWriter(new MemorySink()).add(3, begin, new Uint8Array())).toThrow(expect.objectContaining(misuse));
});
