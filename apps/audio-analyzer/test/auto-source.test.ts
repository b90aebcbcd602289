import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { needs, spawnProcess, waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { runWorker } from "./helpers/running-worker.ts";
import { soundServerNeeds, startSoundServer } from "./helpers/sound-server.ts";
import type { SoundServer } from "./helpers/sound-server.ts";
import { stereoTone } from "./helpers/tones.ts";

const run = promisify(execFile);
const capture = fileURLToPath(new URL("../bin/vj-capture.js", import.meta.url));
const withoutNaudiodon = fileURLToPath(new URL("fixtures/without-naudiodon.mjs", import.meta.url));

/** The state of the source, as used by these tests. */
function sourceOf({ source }: Record<string, unknown>): { name?: unknown; kind?: unknown } {
  return Object(source);
}

/** The number of the module loaded with this argument. */
async function moduleOf(server: SoundServer, argument: string): Promise<string> {
  const modules = (await server.control("list", "short", "modules")).split("\n");
  return modules.find((line) => line.includes(argument))?.split("\t")[0] ?? "none";
}

const throughAlsa = needs(...soundServerNeeds, "naudiodon", "alsaPulse");

describe("a machine with a sound server", throughAlsa, () => {
  it("lists its inputs, in a fresh process each time", async () => {
    await using server = await startSoundServer();
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: "none" });
    const { devices } = await worker.ask("list_devices", {}, 20_000);
    const vjcable = { name: "vjcable", hostApi: "ALSA", isDefault: false };
    expect(devices).toEqual(expect.arrayContaining([expect.objectContaining(vjcable)]));
    const { stdout } = await run(process.execPath, [capture, "--list"], { env: { ...process.env, ...server.env } });
    expect(JSON.parse(stdout)).toEqual(devices);
  });

  it("lists a device that was plugged in while another one is open", async () => {
    await using server = await startSoundServer();
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: "device:vjcable" });
    server.play(stereoTone(440, 100));
    await worker.verdict("ok");
    const before = await worker.ask("list_devices", {}, 20_000);
    expect(JSON.stringify(before)).not.toContain("vjlate");
    server.plugIn("vjlate");
    expect(JSON.stringify(await worker.ask("list_devices", {}, 20_000))).toContain('"name":"vjlate"');
    expect(await worker.ask("get_state")).toMatchObject({ source: { name: expect.stringContaining("vjcable"), verdict: "ok" } });
  });

  it("is captured through the requested device as soon as that is plugged in", async () => {
    await using server = await startSoundServer();
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: "device:vjlate" });
    await worker.verdict("device_gone");
    server.plugIn("vjlate");
    server.play(stereoTone(440, 100));
    await worker.verdict("ok");
    await worker.level("above", 0.2);
  });

  it("plays on while another device is waited for, which takes over once it is plugged in", async () => {
    await using server = await startSoundServer();
    await using worker = await runWorker({ ...server.env });
    server.play(stereoTone(440, 100));
    await worker.ask("set_config", { audio_source: "device:vjcable" });
    await worker.verdict("ok");
    await waitFor("the device", async () => sourceOf(await worker.ask("get_state")).name === "vjcable");
    await worker.level("above", 0.2);
    await worker.ask("set_config", { audio_source: "device:vjlate" });
    await expect(worker.ask("set_config", { audio_source: "file:/nowhere/x.wav" })).rejects.toThrow(/does not exist/);
    expect((await worker.rates(120, "/audio/levels"))[0]).toBeGreaterThan(45);
    await worker.level("above", 0.2, 100);
    const waiting = await worker.ask("get_state");
    expect(waiting).toMatchObject({
      config: { audio_source: "device:vjlate" },
      condition: { level: "degraded", text: 'waiting for device "vjlate"; device "vjcable" plays until it delivers' },
      source: { name: "vjcable", waiting_for: "vjlate", verdict: "ok" },
    });
    server.plugIn("vjlate");
    await waitFor("the other device", async () => sourceOf(await worker.ask("get_state")).name === "vjlate", 20_000);
    expect(await worker.ask("get_state")).toMatchObject({ condition: { level: "ok" } });
    await worker.level("above", 0.2);
  });

  it("shows the demo signal while its device is gone, and the device again when it is back", async () => {
    await using server = await startSoundServer({ pulseDevice: true });
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: "auto" });
    server.play(stereoTone(440, 100));
    await worker.level("above", 0.2);
    const before = sourceOf(await worker.ask("get_state"));
    server.kill("SIGKILL");
    await waitFor("the demo signal", async () => sourceOf(await worker.ask("get_state")).kind === "demo", 30_000);
    expect(await worker.ask("get_state")).toMatchObject({
      condition: { level: "degraded", text: expect.stringMatching(/waiting for device .*demo signal/) },
    });
    await server.restart();
    server.play(stereoTone(440, 100));
    await waitFor("the device", async () => sourceOf(await worker.ask("get_state")).kind === "device", 30_000);
    expect(sourceOf(await worker.ask("get_state")).name).toBe(before.name);
    await worker.verdict("ok");
  });

  it("is captured through its default output, not through the microphone that is the default input", async () => {
    await using server = await startSoundServer({ pulseDevice: true });
    await server.control("load-module", "module-null-source", "source_name=microphone");
    await server.control("set-default-source", "microphone");
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: "auto" });
    server.play(stereoTone(440, 100));
    await worker.verdict("ok");
    await worker.level("above", 0.2);
    expect(await worker.ask("get_state")).toMatchObject({ source: { kind: "device", chosen_by: "pattern", demo: false } });
  });

  it("is captured through another output as soon as that is the default, also when the previous one is removed", async () => {
    await using server = await startSoundServer({ pulseDevice: true });
    await server.control("load-module", "module-null-sink", "sink_name=bluetooth", "rate=48000", "channels=2");
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: "auto" });
    const pitch = (hz: number): Promise<unknown> =>
      waitFor(`${hz} Hz`, () => Math.abs(Number(worker.receiver.latest("/audio/pitch")?.message.args[0]) - hz) < 5, 20_000);
    await using speakers = server.play(stereoTone(440, 100));
    await worker.verdict("ok");
    await pitch(440);
    const before = await worker.ask("get_state");
    await server.control("set-default-sink", "bluetooth");
    await speakers.kill();
    server.play(stereoTone(880, 100), "bluetooth");
    await pitch(880);
    await server.control("unload-module", await moduleOf(server, "sink_name=vj"));
    await worker.verdict("ok");
    expect((await worker.rates(60, "/audio/levels"))[0]).toBeGreaterThan(30);
    await worker.level("above", 0.2);
    await pitch(880);
    expect(await worker.ask("get_state")).toMatchObject({ pid: before["pid"], source: { demo: false, verdict: "ok" } });
  });

  it("is captured through a program where the native module cannot be loaded, which is reported once", async () => {
    await using server = await startSoundServer();
    const env = { ...server.env, NODE_OPTIONS: `--import=${withoutNaudiodon}` };
    await using worker = await runWorker({ ...env, VJ_AUDIO_SOURCE: "auto" });
    server.play(stereoTone(440, 100));
    await worker.verdict("ok");
    await worker.level("above", 0.2);
    const { source } = await worker.ask("get_state");
    expect(source).toMatchObject({ kind: "command", chosen_by: "command", name: expect.stringMatching(/^parec /) });
    expect(source).toMatchObject({ note: expect.stringMatching(/^listening to command "parec .*": sound devices cannot be used directly: naudiodon is not built/) });
    await expect(worker.ask("list_devices", {}, 20_000)).rejects.toThrow(/cannot be used directly/);
  });

  it("reports that its sound system hangs, and goes on", async () => {
    await using server = await startSoundServer();
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: "none" });
    server.kill("SIGSTOP");
    try {
      const [list, rates] = await Promise.allSettled([worker.ask("list_devices", {}, 30_000), worker.rates(120, "/audio/levels")]);
      expect(list).toMatchObject({ reason: { message: expect.stringMatching(/did not answer within 5 s/) } });
      expect(rates).toMatchObject({ status: "fulfilled" });
      expect(rates.status === "fulfilled" ? rates.value[0] : 0).toBeGreaterThan(30);
    } finally {
      server.kill("SIGCONT");
    }
  });

  it("is not replaced by another device when the requested one is missing", async () => {
    await using server = await startSoundServer();
    await using worker = await runWorker({ ...server.env, VJ_AUDIO_SOURCE: "device:BlackHole 2ch" });
    await worker.verdict("device_gone");
    const { source } = await worker.ask("get_state");
    expect(JSON.stringify(source)).toContain('there is no input \\"BlackHole 2ch\\"');
    await worker.more("/audio/levels", 30);
  });
});

describe("vj-capture", throughAlsa, () => {
  it("ends when its parent's pipe closes, and refuses to start without a task", async () => {
    await using server = await startSoundServer();
    // Its descriptor 3 is the shell's standard output; its input is closed when `sleep` ends.
    const command = `sleep 2 | "${process.execPath}" "${capture}" --device /^vj/ 3>&1 >/dev/null 2>&1 | (head -n 1; cat >/dev/null)`;
    await using shell = spawnProcess("/bin/sh", ["-c", command], server.env);
    await shell.exited;
    expect(JSON.parse(shell.output().split("\n")[0] ?? "")).toEqual({ name: "vjcable", hostApi: "ALSA", channels: 2, sampleRate: 44_100 });
    await expect(run(process.execPath, [capture])).rejects.toMatchObject({ code: 64 });
  });
});
