import { setTimeout as delay } from "node:timers/promises";
import { needs, waitFor } from "@vj/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runWorker } from "./helpers/running-worker.ts";
import type { RunningWorker } from "./helpers/running-worker.ts";
import { soundServerNeeds, startSoundServer } from "./helpers/sound-server.ts";
import type { SoundServer } from "./helpers/sound-server.ts";
import { stereoTone } from "./helpers/tones.ts";

const parec = "command:parec -d vj.monitor --raw --format=float32le --rate=44100 --channels=2 --latency-msec=10";
/** Longer than any test: it ends with its server. */
const seconds = 100;

const ways = [
  { name: "naudiodon", source: "device:vjcable", kind: "device", also: ["naudiodon", "alsaPulse"] },
  { name: "a command", source: parec, kind: "command", also: ["parec"] },
] as const;

for (const { name, source, kind, also } of ways) describe(`a sound server, captured through ${name}`, needs(...soundServerNeeds, ...also), () => {
  let server: SoundServer;
  /** One process lives through everything that happens to its server. */
  let worker: RunningWorker;

  beforeAll(async () => {
    server = await startSoundServer();
    worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: source });
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  it("turns its sound into OSC, sixty times a second", async () => {
    await using player = server.play(stereoTone(440, seconds));
    await worker.verdict("ok");
    await worker.level("above", 0.2);
    const state = await worker.ask("get_state");
    expect(state).toMatchObject({ status: "running", source: { kind, demo: false, verdict: "ok", hint: "" } });
    // A busy machine may lose a second, not each.
    await waitFor("a second of 60 frames", async () => {
      const { fps, dropped_frames } = await worker.ask("benchmark", { seconds: 1 }, 20_000);
      return Number(fps) > 45 && Number(fps) < 70 && Number(dropped_frames) < 25;
    });
    expect(worker.receiver.latest("/audio/levels")?.message.tags).toBe("ffffffff");
    await waitFor("the pitch of the played sound", () => {
      const hz = worker.receiver.latest("/audio/pitch")?.message.args[0];
      return typeof hz === "number" && Math.abs(hz - 440) < 3;
    });
    await player.kill();
    await worker.level("below", 0.01);
    await worker.verdict("exact_zeros");
    const tail = await worker.ask("get_state");
    expect(JSON.stringify(tail)).toContain("nothing plays into this input");
  });

  it("goes on with silence when the server is killed, and resumes when it is back", async () => {
    server.play(stereoTone(440, seconds));
    await worker.level("above", 0.2);
    const before = await worker.ask("get_state");
    server.kill("SIGKILL");
    await worker.verdict("device_gone");
    await worker.level("below", 0.01);
    await worker.more("/audio/levels", 60);
    await server.restart();
    server.play(stereoTone(440, seconds));
    await worker.verdict("ok");
    await worker.level("above", 0.2);
    const after = await worker.ask("get_state");
    expect(after["pid"]).toBe(before["pid"]);
    expect(after["instance_id"]).toBe(before["instance_id"]);
  });

  it("goes on with silence when the server hangs, and resumes when it goes on", async () => {
    server.play(stereoTone(440, seconds));
    await worker.level("above", 0.2);
    server.kill("SIGSTOP");
    try {
      await worker.verdict("device_gone");
      await worker.level("below", 0.01);
      await worker.more("/audio/levels", 60);
      // Also while every attempt to open it hangs.
      expect(await worker.ask("get_state")).toMatchObject({ status: "running" });
    } finally {
      server.kill("SIGCONT");
    }
    await worker.verdict("ok");
    await worker.level("above", 0.2);
  });

  it("goes on with silence when the sink is removed, and resumes when there is one", async () => {
    server.play(stereoTone(440, seconds));
    await worker.level("above", 0.2);
    await server.control("unload-module", "module-null-sink");
    await worker.verdict("device_gone");
    await worker.level("below", 0.01);
    await server.control("load-module", "module-null-sink", "sink_name=vj", "rate=44100", "channels=2");
    server.play(stereoTone(440, seconds));
    await worker.verdict("ok");
    await worker.level("above", 0.2);
  });

  it("skips the backlog after it was stopped itself, and is in step with the sound again", async () => {
    // Ends the players of earlier tests.
    await server.restart();
    await using player = server.play(stereoTone(440, seconds));
    await worker.verdict("ok");
    await worker.level("above", 0.2);
    const heldMs = 4000;
    const pid = Number((await worker.ask("get_state"))["pid"]);
    process.kill(pid, "SIGSTOP");
    // Sound piles up for as long as it is held, which only the clock ends.
    await delay(heldMs);
    process.kill(pid, "SIGCONT");
    await worker.more("/audio/levels", 60);
    await player.kill();
    const silentFrom = performance.now();
    await worker.level("below", 0.01);
    // A worker that played the whole backlog would be late by the time it was stopped.
    expect(performance.now() - silentFrom).toBeLessThan(heldMs * 0.75);
    expect((await worker.rates(60, "/audio/levels"))[0]).toBeGreaterThan(30);
  });

  // The last one: it ends the worker.
  it("leaves no process behind, not even when it is killed", async () => {
    const clients = async (): Promise<number> =>
      (await server.control("list", "source-outputs", "short")).split("\n").filter((line) => line !== "").length;
    server.play(stereoTone(440, seconds));
    await worker.level("above", 0.2);
    expect(await clients()).toBe(1);
    await worker.process.kill("SIGKILL");
    await expect.poll(clients, { timeout: 20_000 }).toBe(0);
  });
});
