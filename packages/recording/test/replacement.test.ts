import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { RecordingWriter, activeWriter, completeRecording, createReplacement, loadCodec, openRecording, removeLeftovers, writerMark } from "../src/index.ts";
import { MemorySink } from "./fixture.ts";

it("the unfinished file of a process that was killed is removed, whatever it was for; those of others stay", async () => {
  await using dir = tempDir();
  const dead = "999999999-1";
  const { temporary, part } = await createReplacement(dir.join("mine.mcap"));
  await part.close();
  const stays = [temporary, ".vj-0123456789abcdef-x-1", `.vj-0123-${dead}`, `vj-0123456789abcdef-${dead}`, "a.mcap"].map((name) => path.resolve(dir.path, name));
  const goes = [`.vj-0123456789abcdef-${dead}`, ".vj-fedcba9876543210-999999999-1.5"].map((name) => dir.join(name));
  const young = dir.join(`.vj-00000000000000ff-${dead}`);
  for (const file of [...stays, ...goes, young]) writeFileSync(file, "x");
  mkdirSync(dir.join(`.vj-00000000000000aa-${dead}`));
  for (const file of [...stays, ...goes]) utimesSync(file, 1, 1);
  expect((await removeLeftovers(dir.path)).toSorted()).toEqual(goes.toSorted());
  for (const file of [...stays, young]) expect(existsSync(file), file).toBe(true);
  expect(await removeLeftovers(dir.path)).toEqual([]);
  await expect(removeLeftovers(dir.join("none"))).rejects.toThrow("ENOENT");
});

it("a recording names its writer from its first piece on, so that nobody completes it meanwhile", async () => {
  await using dir = tempDir();
  await loadCodec();
  const sink = new MemorySink();
  const writer = new RecordingWriter(sink);
  await writer.begin("test", writerMark());
  expect(sink.pieces).toHaveLength(1);
  writeFileSync(dir.join("a.mcap"), sink.bytes);
  await expect(completeRecording(dir.join("a.mcap"))).rejects.toMatchObject({ code: "in_use" });
  await writer.end();
  writeFileSync(dir.join("a.mcap"), sink.bytes);
  await using recording = await openRecording(dir.join("a.mcap"));
  expect(recording.cut).toBe(false);
  expect(activeWriter(recording.metadata)).toBe(process.pid);
});
