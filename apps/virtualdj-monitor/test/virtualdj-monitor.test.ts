import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ControlClient } from "@vj/control";
import { createReceiver } from "@vj/telemetry";
import type { Receiver } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { WorkerProcess, workerContract } from "@vj/worker/testing";
import { candidateFiles } from "../src/config.ts";

const command = [process.execPath, path.join(import.meta.dirname, "../bin/virtualdj-monitor.js")] as const;

describe("as a worker", () => {
  const subject = {
    name: "virtualdj_monitor",
    command,
    env: { HOME: "/nonexistent" },
    validConfig: { file_path: "/tmp/vj-no-such-file.txt", poll_interval: 0.5 },
    invalidConfig: { file_path: "not/absolute" },
  };
  for (const { name, run } of workerContract(subject)) it(name, () => run());
});

interface MonitorSetup {
  worker: WorkerProcess;
  client: ControlClient;
  receiver: Receiver;
  file: string;
  write(text: string): void;
  title(address: string): unknown;
  state(): Promise<Record<string, unknown>>;
}

/** The worker with a home directory of its own, and a receiver of all it sends. */
async function setUp(before?: string): Promise<MonitorSetup> {
  const receiver = await createReceiver({ port: 0 });
  onTestFinished(() => receiver.close());
  const env = { HOME: "", VJ_OSC_TARGETS: `127.0.0.1:${receiver.port}` };
  const worker = await WorkerProcess.prepare("virtualdj_monitor", { command, env });
  onTestFinished(() => worker.remove());
  env.HOME = path.join(worker.dir, "home");
  const file = path.join(env.HOME, "Documents/VirtualDJ/now_playing.txt");
  const write = (text: string): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  if (before !== undefined) write(before);
  const client = await worker.start();
  return {
    worker,
    client,
    receiver,
    file,
    write,
    title: (address) => receiver.latest(address)?.message.args[3],
    state: async () => (await client.request("get_state", {}, { timeoutMs: 15_000 })).data ?? {},
  };
}

describe("the monitor", () => {
  it("finds a file that appears later, and publishes track and position under both names", async () => {
    const { receiver, write, title, state, file } = await setUp();
    expect(await state()).toMatchObject({ status: "running", file_path: "auto-detect", last_track: null });
    write("Bicep - Glue\r\n");
    await waitFor("the track that counts", () => title("/karaoke/track") === "Glue");
    expect(title("/playback/virtualdj/track")).toBe("Glue");
    const track = receiver.latest("/karaoke/track")?.message;
    expect(track).toMatchObject({ tags: "issssfi", args: [1, "virtualdj", "Bicep", "Glue", "", 0, 0] });
    await waitFor("the position to move", () => Number(receiver.latest("/karaoke/pos")?.message.args[0]) > 0.4);
    expect(receiver.latest("/playback/virtualdj/pos")?.message).toMatchObject({ tags: "fi", args: [expect.any(Number), 1] });
    expect(await state()).toMatchObject({ available: true, watching: file, last_track: { artist: "Bicep", title: "Glue" } });
    write("");
    await waitFor("the end", () => receiver.latest("/karaoke/track")?.message.args[0] === 0);
    expect(receiver.latest("/karaoke/track")?.message.args).toEqual([0, "virtualdj", "", "", "", 0, 0]);
  });

  it("watches another file after set_config", async () => {
    const { client, worker, title, state } = await setUp("Bicep - Glue");
    await waitFor("the first file", () => title("/karaoke/track") === "Glue");
    const other = path.join(worker.dir, "other.txt");
    const reply = await client.request("set_config", { file_path: other }, { timeoutMs: 15_000 });
    expect(reply).toMatchObject({ success: true, message: expect.stringContaining(other) });
    await waitFor("the absence", async () => String((await state())["reason"]).includes(other));
    expect(await state()).toMatchObject({ file_path: other, available: false });
    writeFileSync(other, "VirtualDJ History\n-----\n22:53 : Rone - Parade\n");
    await waitFor("the other file", () => title("/karaoke/track") === "Parade");
  });

  it("does not bring back last night, and tells the position of a new entry to a tenth of a second", async () => {
    const old = "VirtualDJ History 2025/06/20\n-----\n21:32 : Old Artist - Old Song\n";
    const { receiver, write, title, state, file } = await setUp(old);
    await waitFor("the old entry", async () => JSON.stringify((await state())["last_track"]).includes("Old Song"));
    expect(await state()).toMatchObject({ is_playing: false, reason: "the last track of the file is over" });
    const wrote = Date.now();
    write(`${old}VirtualDJ History 2025/06/22\n-----\n21:40 : New Artist - New Song\n`);
    await waitFor("the new entry", () => title("/karaoke/track") === "New Song");
    await waitFor("its position", () => receiver.latest("/karaoke/pos"));
    const before = Date.now();
    const position = Number((await state())["position"]) * 1000;
    expect(position).toBeGreaterThan(before - wrote - 100);
    expect(position).toBeLessThan(Date.now() - wrote + 100);
    expect(receiver.latest("/karaoke/track")?.count).toBe(1);
    expect(await state()).toMatchObject({ watching: file, is_playing: true });
  });

  it("ends a song when the newest entry of a playlist has no title, and says why; of two fresh files the one that names a track counts", async () => {
    const { receiver, worker, title, state } = await setUp();
    const folder = path.join(worker.dir, "home/Documents/VirtualDJ/History");
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, "2026-11-26.m3u");
    const list = "#EXTM3U\n#EXTVDJ:<time>15:30</time><artist>Bicep</artist><title>Glue</title>\nnetsearch://dz1\n";
    writeFileSync(path.join(folder, "tracklist.txt"), "VirtualDJ History 2026/11/26\n------------------------------\n");
    await waitFor("a header alone", async () => String((await state())["reason"]).includes("tracklist.txt names no track"));
    writeFileSync(file, list);
    await waitFor("the song of the playlist", async () => (await state())["watching"] === file);
    const streamed = `${list}#EXTVDJ:<time>15:35</time>\nnetsearch://dz9999\n`;
    writeFileSync(file, streamed);
    await waitFor("why", async () => (await state())["reason"] === `the newest entry of ${file} has no title`);
    expect(await state()).toMatchObject({ is_playing: false, last_track: null });
    writeFileSync(file, `${streamed}#EXTVDJ:<time>15:38</time><artist>Rone</artist><title>Parade</title>\nnetsearch://dz2\n`);
    await waitFor("the next song", () => title("/karaoke/track") === "Parade");
    expect(receiver.latest("/karaoke/track")?.message.args[0]).toBe(1);
  });

  it("publishes only under its own name while its output is held", async () => {
    const { worker, receiver, write, title, state } = await setUp("Bicep - Glue");
    await waitFor("the track", () => title("/karaoke/track") === "Glue");
    const holder = await worker.connect();
    expect(await holder.request("hold_output")).toMatchObject({ success: true });
    expect(await state()).toMatchObject({ output_held: true });
    write("Rone - Parade");
    await waitFor("the next track", () => title("/playback/virtualdj/track") === "Parade");
    await waitFor("its position", () => Number(receiver.latest("/playback/virtualdj/pos")?.message.args[0]) > 0.4);
    expect(title("/karaoke/track")).toBe("Glue");
    await holder.close();
    await waitFor("the track once released", () => title("/karaoke/track") === "Parade");
  });
});

describe("the usual places", () => {
  it("are the six of the contract, in order", () => {
    expect(candidateFiles({ file_path: "auto-detect" }, "/h")).toEqual([
      "/h/Library/Application Support/VirtualDJ/History/tracklist.txt",
      "/h/Documents/VirtualDJ/History/tracklist.txt",
      "/h/Documents/VirtualDJ/History/now_playing.txt",
      "/h/Documents/VirtualDJ/now_playing.txt",
      "/h/Music/VirtualDJ/now_playing.txt",
      "/tmp/virtualdj_now_playing.txt",
      // Folders of playlists.
      "/h/Library/Application Support/VirtualDJ/History",
      "/h/Documents/VirtualDJ/History",
    ]);
  });
  it("give way to an explicit path", () => {
    expect(candidateFiles({ file_path: "/x/y.txt" }, "/h")).toEqual(["/x/y.txt"]);
    expect(candidateFiles({ file_path: "~/y.txt" }, "/h")).toEqual(["/h/y.txt"]);
    expect(candidateFiles({ file_path: "" }, "/h")).toHaveLength(8);
  });
});
