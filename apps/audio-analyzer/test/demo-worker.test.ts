import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { needs, tempDir, waitFor, writeWav } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { music, musicBpm } from "./helpers/music.ts";
import { runWorker } from "./helpers/running-worker.ts";

describe("the worker with its own signal", () => {
  it("sends every address at its rate, and none that is switched off", async () => {
    await using worker = await runWorker({ VJ_AUDIO_SOURCE: "demo" });
    await worker.verdict("ok");
    const reply = await worker.ask("set_config", { enable_spectrum: true });
    expect(reply).toMatchObject({ config: { enable_spectrum: true } });
    await waitFor("a spectrum", () => worker.receiver.latest("/audio/spectrum"));
    const [beats, structure, tempo] = await worker.rates(240, "/audio/beat", "/audio/structure", "/audio/bpm");
    expect(beats).toBeGreaterThan(45);
    expect(beats).toBeLessThan(70);
    expect(structure).toBeGreaterThan(7.5);
    expect(structure).toBeLessThan(12);
    expect(tempo).toBeGreaterThanOrEqual(0.5);
    expect(tempo).toBeLessThanOrEqual(1.5);
    await worker.ask("set_config", { enable_pitch: false, enable_bpm: false, enable_structure: false, enable_spectrum: false });
    const off = ["/audio/pitch", "/audio/bpm", "/audio/phase", "/audio/bar", "/audio/tempo", "/audio/structure", "/audio/spectrum"];
    const [still, ...others] = await worker.rates(120, "/audio/beat", ...off);
    expect(still).toBeGreaterThan(30);
    // One frame may have been in transit.
    for (const rate of others) expect(rate).toBeLessThanOrEqual(1);
  });

  it("reports everywhere that it plays the demo signal", async () => {
    await using worker = await runWorker({ VJ_AUDIO_SOURCE: "demo" });
    await worker.verdict("ok");
    expect(await worker.ask("get_state")).toMatchObject({
      device_name: "demo signal",
      source: { kind: "demo", name: "demo signal", demo: true, verdict: "ok" },
    });
  });

  it("falls back to the demo signal where there is no sound device at all", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("asound.conf"), "");
    await using worker = await runWorker({
      VJ_AUDIO_SOURCE: "auto",
      ALSA_CONFIG_PATH: dir.join("asound.conf"),
      PULSE_SERVER: `unix:${dir.join("nobody")}`,
      PIPEWIRE_REMOTE: "nobody",
      XDG_RUNTIME_DIR: dir.path,
      HOME: dir.path,
      AUDIODRIVER: "alsa",
    });
    await worker.verdict("ok");
    const { source } = await worker.ask("get_state");
    expect(source).toMatchObject({ kind: "demo", demo: true, chosen_by: "fallback" });
    expect(JSON.stringify(source)).toContain("playing the demo signal");
  });

  it("answers according to the contract, also when settings change the source", async () => {
    await using worker = await runWorker({});
    const client = await worker.process.connect();
    const set = (args: Record<string, unknown>) => client.request("set_config", args, { timeoutMs: 20_000 });
    expect(await set({ audio_source: "demo" })).toMatchObject({ message: "Config updated, analyzer restarted" });
    await worker.verdict("ok");
    expect(await set({ audio_source: "tape" })).toMatchObject({ success: false });
    expect(await set({ audio_source: "none" })).toMatchObject({ success: true });
    await waitFor("no source", async () => JSON.stringify(await worker.ask("get_state")).includes('"kind":"none"'));
    await worker.level("below", 0.001);
    await worker.more("/audio/levels", 60);
  });

  it("plays a file, looped, also one of 384 kHz", async () => {
    await using dir = tempDir();
    writeWav(dir.join("music.wav"), music(384_000, 4), { sampleRate: 384_000 });
    await using worker = await runWorker({ VJ_AUDIO_SOURCE: `file:${dir.join("music.wav")}` });
    await worker.verdict("ok");
    await waitFor("the tempo of the music", () => {
      const bpm = worker.receiver.latest("/audio/bpm")?.message.args[0];
      return typeof bpm === "number" && Math.abs(bpm - musicBpm) < 3;
    });
    expect(await worker.ask("get_state")).toMatchObject({ source: { kind: "file", name: dir.join("music.wav") } });
  });

  it("names the fault of a file, and goes on", async () => {
    await using worker = await runWorker({ VJ_AUDIO_SOURCE: "file:/nowhere/at-all.wav" });
    await worker.verdict("device_gone");
    expect(JSON.stringify(await worker.ask("get_state"))).toContain("/nowhere/at-all.wav does not exist");
    await worker.more("/audio/levels", 30);
  });

  it("makes one list of devices for simultaneous requests", needs("proc"), async () => {
    await using worker = await runWorker({ VJ_AUDIO_SOURCE: "none" });
    const client = await worker.process.connect();
    const { pid } = await worker.ask("get_state");
    const children = (): number => readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, "utf8").trim().split(" ").filter(Boolean).length;
    const asked = Array.from({ length: 40 }, () => client.request("list_devices", {}, { timeoutMs: 30_000 }));
    let answered = false;
    const all = Promise.all(asked).finally(() => (answered = true));
    let most = 0;
    await waitFor("all answers", () => {
      most = Math.max(most, children());
      return answered;
    });
    expect(new Set((await all).map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(most).toBe(1);
  });

  it("measures itself", async () => {
    await using worker = await runWorker({ VJ_AUDIO_SOURCE: "demo" });
    await worker.verdict("ok");
    const received = (): number => worker.receiver.latest("/audio/levels")?.count ?? 0;
    let before = 0;
    // Repeated if the machine was busy: an idle one has 120 frames.
    const result = await waitFor("a benchmark of more than half the frames", async () => {
      before = received();
      const measured = await worker.ask("benchmark", { seconds: 2 }, 20_000);
      return Number(measured["frames"]) > 60 ? measured : undefined;
    }, 40_000);
    expect(result).toMatchObject({ verdict: expect.stringMatching(/excellent|good|high/) });
    const frames = Number(result["frames"]);
    await waitFor("the frames that it counts", () => received() - before >= frames);
    expect(frames / Number(result["fps"])).toBeCloseTo(Number(result["seconds"]), 0);
    expect(Object.keys(Object(result["latency_ms"]))).toEqual(["min", "mean", "p50", "p95", "p99", "max"]);
    const stats = Object(await worker.ask("get_state"))["stats"];
    expect(stats).toMatchObject({ running: true, audio_alive: true, error_count: 0, device_name: "demo signal" });
    expect(Number(stats["frames_processed"])).toBeGreaterThan(100);
  });

  it("imports the device of the older system, once", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("home"));
    writeFileSync(dir.join("home", ".vj_audio_config.json"), JSON.stringify({ device_index: 3, device_name: "BlackHole 2ch" }));
    await using worker = await runWorker({ HOME: dir.join("home") });
    expect(await worker.ask("get_state")).toMatchObject({ config: { audio_source: "device:BlackHole 2ch" } });
    await worker.verdict("device_gone");
    await worker.ask("set_config", { audio_source: "demo" });
    await worker.process.kill("SIGKILL");
    const again = await worker.process.start();
    expect((await again.request("get_state", {}, { timeoutMs: 20_000 })).data).toMatchObject({ config: { audio_source: "demo" } });
  });
});
