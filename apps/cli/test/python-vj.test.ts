import { createSocket } from "node:dgram";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createReceiver } from "@vj/telemetry";
import type { Receiver } from "@vj/telemetry";
import { spawnNode, tempDir, tempEnvironment, waitFor } from "@vj/test-kit";
import type { TestProcess } from "@vj/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OldClient } from "./python-vj/old-client.ts";
import type { OldMessage } from "./python-vj/old-client.ts";
import { optionalTypes, receiverTypes } from "./python-vj/receivers.ts";
import { vjProgram } from "./vj-rig.ts";

const seconds = (limit: number) => limit * 1000;
const lrc = "[00:00.10]Around the world\n[00:00.60]Naïve verse of love\n[00:01.20]Around the world\n[00:02.00]Lost in the dark night";
const workers = ["audio_analyzer", "lyrics_fetcher", "virtualdj_monitor", "spotify_monitor", "osc_debugger"];

/** The old system's own integration tests and its receivers, against this rig as `vj up` starts it. */
describe("clients, tests and receivers of python-vj", () => {
  const dir = tempDir();
  const busDir = dir.join("bus");
  const historyFile = dir.join("now_playing.txt");
  let receiver: Receiver;
  let rig: TestProcess;
  let env: Record<string, string>;
  const received = new Map<string, Set<string>>();
  const counts = new Map<string, number>();

  const ask = async (worker: string, cmd: string, args: OldMessage = {}): Promise<OldMessage> => {
    await using client = await OldClient.connect(busDir, worker);
    // Without await the client would be closed first.
    return await client.command(cmd, args);
  };
  const stateOf = async (worker: string): Promise<OldMessage> => ({ ...Object((await ask(worker, "get_state"))["data"]) });

  beforeAll(async () => {
    receiver = await createReceiver();
    receiver.on("message", ({ address, tags }) => {
      received.set(address, (received.get(address) ?? new Set()).add(tags));
      counts.set(address, (counts.get(address) ?? 0) + 1);
    });
    mkdirSync(dir.join("config"), { mode: 0o700 });
    mkdirSync(dir.join("lyrics"));
    writeFileSync(dir.join("lyrics", "Ada - Night Train.lrc"), lrc);
    const settings = {
      lyrics_fetcher: { lyrics_dir: dir.join("lyrics"), lrclib_url: "http://127.0.0.1:9", llm_enabled: false },
      virtualdj_monitor: { file_path: historyFile },
      spotify_monitor: { applescript: false },
    };
    for (const [worker, values] of Object.entries(settings)) writeFileSync(dir.join("config", `${worker}.json`), JSON.stringify(values));
    env = { ...tempEnvironment(dir), VJ_AUDIO_SOURCE: "demo", VJ_OSC_TARGETS: `127.0.0.1:${receiver.port}`, OPENAI_API_KEY: "", COMFYUI_ENABLED: "", CI: "true" };
    rig = spawnNode([vjProgram, "up", "--foreground", "--only", [...workers, "now_playing"].join(",")], env);
    await waitFor("the sockets", () => ["process_manager", ...workers].every((worker) => existsSync(path.join(busDir, `${worker}.sock`))));
  });
  afterAll(async () => {
    await rig.kill("SIGTERM");
    await receiver.close();
    await dir[Symbol.asyncDispose]();
  });

  it.each(workers)("%s answers get_state with its status and pid", async (worker) => {
    const reply = await ask(worker, "get_state");
    expect(reply).toMatchObject({ type: "response", data: { status: "running", pid: expect.any(Number) } });
  });

  it("the manager lists its workers as the old one did", async () => {
    const data = await stateOf("process_manager");
    expect(data["total_managed"]).toEqual(expect.any(Number));
    for (const worker of workers) {
      expect(Object(data["workers"])[worker]).toMatchObject({ enabled: true, running: true, restart_count: expect.any(Number) });
    }
    expect(await ask("process_manager", "start_worker", { worker: "audio_analyzer" })).toMatchObject({ type: "ack", success: false });
    expect(await ask("process_manager", "stop_worker", { worker: "nobody" })).toMatchObject({ type: "ack", success: false });
  });

  it("a setting is in the next get_state", async () => {
    expect(await ask("audio_analyzer", "set_config", { enable_spectrum: true, enable_pitch: true })).toMatchObject({
      type: "ack",
      success: true,
      message: "Config updated, analyzer restarted",
    });
    expect(await stateOf("audio_analyzer")).toMatchObject({ config: { enable_spectrum: true }, device_name: expect.any(String) });
    expect(await ask("audio_analyzer", "set_config", { enable_bpm: "maybe" })).toMatchObject({ type: "ack", success: false });
  });

  it("60 telemetry messages a second, while get_state is answered within a second", async () => {
    const before = counts.get("/audio/levels") ?? 0;
    const began = performance.now();
    for (let asked = 0; performance.now() - began < seconds(4); asked++) {
      const at = performance.now();
      await stateOf("audio_analyzer");
      expect(performance.now() - at).toBeLessThan(seconds(1));
      await waitFor("more frames", () => (counts.get("/audio/levels") ?? 0) > before + asked);
    }
    const perSecond = ((counts.get("/audio/levels") ?? 0) - before) / ((performance.now() - began) / 1000);
    // 540 to 660 in ten seconds.
    expect(perSecond).toBeGreaterThan(54);
    expect(perSecond).toBeLessThan(66);
  });

  it("unknown commands and broken messages are answered, and the connection lives", async () => {
    await using client = await OldClient.connect(busDir, "lyrics_fetcher");
    expect(await client.command("dance")).toMatchObject({ type: "ack", success: false, message: expect.stringContaining("dance") });
    client.write("{ not JSON");
    expect(await client.read()).toMatchObject({ type: "error" });
    expect(await client.command("get_state")).toMatchObject({ type: "response" });
    expect(await client.command("fetch_lyrics", { artist: "Ada" })).toMatchObject({ type: "ack", success: false });
  });

  it("every receiver gets the types that it reads, by position", async () => {
    writeFileSync(historyFile, "Ada - Night Train\n");
    const missing = (): string[] => Object.keys(receiverTypes).filter((address) => !received.has(address));
    await waitFor("every address of the old documents", () => missing().length === 0).catch((error: unknown) => {
      throw new Error(`missing: ${missing().join(", ")}`, { cause: error });
    });
    for (const [address, types] of Object.entries(receiverTypes)) expect([...(received.get(address) ?? [])], address).toEqual([types]);
    for (const [address, types] of Object.entries(optionalTypes)) expect([types, ""]).toEqual(expect.arrayContaining([...(received.get(address) ?? [])]));
    expect(receiver.latest("/karaoke/track")?.message.args).toMatchObject([1, "virtualdj", "Ada", "Night Train", "", expect.any(Number), expect.any(Number)]);
  });

  it("the debugger has seen what the workers sent", async () => {
    const reply = await ask("osc_debugger", "get_messages", { count: 50, address: "/karaoke/track" });
    expect(reply).toMatchObject({ type: "ack", success: true, data: { messages: expect.arrayContaining([expect.objectContaining({ address: "/karaoke/track" })]), total_count: expect.any(Number) } });
    expect(await ask("osc_debugger", "get_logs", { count: 10 })).toMatchObject({ success: true, data: { logs: expect.any(Array) } });
  });

  it("a worker that is killed is back with another pid, and a client that leaves takes nothing along", async () => {
    const { pid } = await stateOf("virtualdj_monitor");
    process.kill(Number(pid), "SIGKILL");
    await waitFor("the new process", async () => {
      const now = await stateOf("virtualdj_monitor").catch(() => ({ pid }));
      return now.pid !== pid;
    });
    expect(existsSync(path.join(busDir, "virtualdj_monitor.sock"))).toBe(true);
  });

  it("a screen survives a thousand messages at once, and the workers survive a screen that is killed", async () => {
    const { pid } = await stateOf("osc_debugger");
    const screen = spawnNode([vjProgram, "status", "--watch"], env);
    await screen.printed(/audio_analyzer/);
    const socket = createSocket("udp4");
    const { osc_port: port } = await stateOf("osc_debugger");
    for (let count = 0; count < 1000; count++) socket.send(Buffer.from("/burst\0\0,i\0\0\0\0\0\u0001", "latin1"), Number(port));
    await screen.kill("SIGKILL");
    socket.close();
    expect(await stateOf("osc_debugger")).toMatchObject({ pid, status: "running" });
  });

  it("a client gets heartbeats", async () => {
    await using client = await OldClient.connect(busDir, "audio_analyzer");
    const message = await client.read();
    expect(message).toMatchObject({ type: "heartbeat", worker: "audio_analyzer", pid: expect.any(Number), uptime_sec: expect.any(Number), stats: { fps: expect.any(Number), frames_processed: expect.any(Number), audio_alive: true } });
  });
});
