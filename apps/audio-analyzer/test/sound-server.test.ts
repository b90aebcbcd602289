import { needs, waitFor } from "@vj/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runWorker } from "./helpers/running-worker.ts";
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

  beforeAll(async () => {
    server = await startSoundServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it("turns its sound into OSC, sixty times a second", async () => {
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: source });
    await using player = server.play(stereoTone(440, seconds));
    await worker.verdict("ok");
    await worker.level("above", 0.2);
    const state = await worker.ask("get_state");
    expect(state).toMatchObject({ status: "running", source: { kind, demo: false, verdict: "ok", hint: "" } });
    const { fps, dropped_frames } = await worker.ask("benchmark", { seconds: 4 }, 20_000);
    expect(Number(fps)).toBeGreaterThan(45);
    expect(Number(fps)).toBeLessThan(70);
    expect(Number(dropped_frames)).toBeLessThan(100);
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
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: source });
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
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: source });
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
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: source });
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
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: source });
    await using player = server.play(stereoTone(440, seconds));
    await worker.verdict("ok");
    await worker.level("above", 0.2);
    const heldMs = 4000;
    const pid = Number((await worker.ask("get_state"))["pid"]);
    process.kill(pid, "SIGSTOP");
    // Nothing to be awaited: sound piles up for as long as it is held.
    await new Promise((resolve) => setTimeout(resolve, heldMs));
    process.kill(pid, "SIGCONT");
    await worker.more("/audio/levels", 60);
    await player.kill();
    const silentFrom = performance.now();
    await worker.level("below", 0.01);
    // A worker that played the whole backlog would be late by the time it was stopped.
    expect(performance.now() - silentFrom).toBeLessThan(heldMs * 0.75);
    expect(await worker.count("/audio/levels", 2)).toBeGreaterThan(60);
  });

  it("leaves no process behind, not even when it is killed", async () => {
    const clients = async (): Promise<number> =>
      (await server.control("list", "source-outputs", "short")).split("\n").filter((line) => line !== "").length;
    const worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: source });
    server.play(stereoTone(440, seconds));
    await worker.level("above", 0.2);
    expect(await clients()).toBe(1);
    await worker.process.kill("SIGKILL");
    await expect.poll(clients, { timeout: 20_000 }).toBe(0);
    await worker[Symbol.asyncDispose]();
  });
});
