import { existsSync, readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { McapStreamReader } from "@mcap/core";
import { decompress } from "@foxglove/wasm-zstd";
import { loadCodec, openRecording } from "@vj/recording";
import { tempDir, tempEnvironment, waitFor, spawnNode } from "@vj/test-kit";
import { workerContract } from "@vj/worker/testing";
import { connect } from "@vj/control";
import { describe, expect, it } from "vitest";
import { recordingName } from "../src/file-names.ts";
import { Lamp } from "./lamp.ts";

const program = path.join(import.meta.dirname, "../bin/recorder.js");

describe("as a worker", () => {
  const subject = { name: "recorder", validConfig: { split_minutes: 30 }, invalidConfig: { leave_out: ["karaoke"] } };
  for (const { name, run } of workerContract({ ...subject, command: [process.execPath, program] })) it(name, () => run());
});

/** The numbers of the levels in a file as it lies, by the stream reader of @mcap/core. */
function levels(bytes: Uint8Array): number[] {
  const reader = new McapStreamReader({ decompressHandlers: { zstd: (data, size) => decompress(data, Number(size)) } });
  const level = new Set<number>();
  const numbers: number[] = [];
  reader.append(bytes);
  for (let record = reader.nextRecord(); record !== undefined; record = reader.nextRecord()) {
    if (record.type === "Channel" && record.topic === "/lamp/level") level.add(record.id);
    if (record.type === "Message" && level.has(record.channelId)) numbers.push(Buffer.from(record.data).readInt32BE(record.data.byteLength - 4));
  }
  return numbers;
}

/** `VJ_KILLS` for more of them by hand. */
const kills = Number(process.env["VJ_KILLS"] ?? 5);

it(`killed at any moment ${kills} times, loses at most a second; the next one completes the file`, { timeout: 60_000 + kills * 6000 }, async () => {
  await using dir = tempDir();
  await loadCodec();
  const lamp = new Lamp(dir);
  await lamp.start();
  const sent: number[] = [];
  const shining = setInterval(() => (sent[lamp.shine()] = performance.now()), 4);
  const folder = dir.join("data/recordings");
  let worst = 0;
  const files = (): string[] => {
    try {
      return readdirSync(folder).filter((name) => !name.startsWith("."));
    } catch {
      return [];
    }
  };
  try {
    for (let round = 0; round < kills; round += 1) {
      const before = files();
      const recorder = spawnNode([program], { ...tempEnvironment(dir), VJ_SUPERVISED: "1" });
      const file = path.join(folder, await waitFor("a new file", () => files().find((name) => !before.includes(name))));
      await waitFor("levels in it", () => levels(readFileSync(file)).length > 0);
      const last = sent.length + Math.random() * 375;
      await waitFor("a random moment within 1.5 s", () => sent.length >= last);
      const killedAt = performance.now();
      await recorder.kill("SIGKILL");
      const numbers = levels(readFileSync(file));
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => (numbers[0] ?? 0) + index));
      worst = Math.max(worst, killedAt - (sent[numbers.at(-1) ?? 0] ?? 0));
      // The next one must have another name, and names have the second of their begin in them.
      await waitFor("another second", () => !file.endsWith(recordingName(new Date())));
    }
  } finally {
    clearInterval(shining);
  }
  const leftover = path.join(folder, ".vj-0123456789abcdef-999999999-1");
  writeFileSync(leftover, "");
  utimesSync(leftover, 1, 1);
  await using last = spawnNode([program], { ...tempEnvironment(dir), VJ_SUPERVISED: "1" });
  expect(last.pid).toBeGreaterThan(0);
  await waitFor("every file but the last to be complete", async () => {
    for (const name of files().sort().slice(0, kills)) {
      await using recording = await openRecording(path.join(folder, name));
      if (recording.cut) return false;
    }
    return true;
  });
  expect(existsSync(leftover)).toBe(false);
  await lamp.stop();
  if (process.env["VJ_KILLS"] !== undefined) console.log(`${kills} kills, at most ${Math.round(worst)} ms lost`);
  expect(worst).toBeLessThan(1000);
});

it("says where it records, and that it cannot", async () => {
  await using dir = tempDir();
  await using worker = spawnNode([program], { ...tempEnvironment(dir), VJ_SUPERVISED: "1" });
  expect(worker.pid).toBeGreaterThan(0);
  const client = await waitFor("the recorder", () => connect("recorder", { busDir: dir.join("bus"), reconnect: false }));
  const state = async (): Promise<Record<string, unknown>> => (await client.request("get_state")).data ?? {};
  expect(await state()).toMatchObject({ condition: { level: "ok", text: expect.stringContaining(dir.join("data/recordings")) } });
  writeFileSync(dir.join("a-file"), "");
  await client.request("set_config", { folder: dir.join("a-file") });
  expect(await state()).toMatchObject({ file: null, condition: { level: "failed", text: expect.stringMatching(/EEXIST|ENOTDIR/) } });
  await client.request("set_config", { folder: dir.join("stick/shows/friday") });
  expect(await state()).toMatchObject({ condition: { level: "failed", text: `nothing is recorded: the folder ${dir.join("stick")} does not exist (ENOENT)`, todo: expect.stringMatching(/^plug in the disk that it is on, or make it, or set another folder: /) } });
  await client.request("set_config", { folder: dir.join("data/other") });
  expect(await state()).toMatchObject({ condition: { level: "ok", text: expect.stringContaining("data/other") } });
  await client.close();
});
