import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { audioOsc, contractOsc, oscTags } from "@vj/schema";
import { createReceiver } from "@vj/telemetry";
import { needs, spawnNode, tempDir, waitFor } from "@vj/test-kit";
import { Worker, joinBus, readEnvironment } from "@vj/worker";
import { WorkerProcess } from "@vj/worker/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

const execute = promisify(execFile);
const folder = path.dirname(import.meta.dirname);
const example = (...parts: string[]): string => path.join(folder, ...parts);
const text = (...parts: string[]): string => readFileSync(example(...parts), "utf8");

/** Stands in for the analyzer: what it sends is a beat. */
class Analyzer extends Worker<z.ZodObject, typeof audioOsc> {
  constructor(busDir: string) {
    const environment = readEnvironment({ VJ_CONFIG_DIR: path.join(busDir, "../config"), VJ_OSC_TARGETS: "127.0.0.1:1", VJ_SUPERVISED: "1" });
    const definition = { name: "audio_analyzer", version: "1.0.0", description: "Beats", config: z.object({}), osc: audioOsc };
    super(definition, { environment, busDir, print: undefined, joinBus });
  }

  beat(): void {
    this.telemetry.send("/audio/beat", { beat: 1, flux: 0.5 });
  }
}

/** The files that documents show: a fence with `file=`. */
const shown = ["first-worker.md", "clients.md"].flatMap((document) =>
  [...text("../docs", document).matchAll(/^```\w+ file=(\S+)\n([^]*?)^```$/gm)].map(([, file = "", body = ""]) => ({ document, file, shown: body })),
);

const javascript: [string, string] = [process.execPath, example("worker-js/smoke.mjs")];

it("the worker in JavaScript keeps the contract, by the test beside it", { timeout: 180_000 }, async () => {
  const { stdout } = await execute(process.execPath, ["--test", "smoke.test.mjs"], { cwd: example("worker-js"), env: { ...process.env, NODE_OPTIONS: "" } });
  expect(stdout).toMatch(/pass 4\n/);
});

describe("the worker in TypeScript", () => {
  it("compiles with its own settings, and does what the other does", async () => {
    // Beside its source, where it finds its dependencies.
    await execute(process.execPath, [path.join(folder, "../node_modules/typescript/bin/tsc"), "-p", example("worker-ts")]);
    const worker = await WorkerProcess.prepare("smoke", { command: [process.execPath, example("worker-ts/dist/smoke.js")] });
    try {
      const client = await worker.start();
      expect(await client.request("puff", { amount: 0.8 })).toMatchObject({ success: true, message: "smoke at 0.8" });
      expect(await client.request("puff", { amount: 2 })).toMatchObject({ success: false, data: { code: "bad_arguments" } });
    } finally {
      await worker.remove();
    }
  });
});

describe("the worker in 20 lines", () => {
  const files = ["worker-js/lamp.mjs", "worker-ts/lamp.ts"];

  it.each(files)("%s has them", (file) => {
    const lines = text(file).split("\n").filter((line) => line.trim() !== "" && !/^\s*(?:\/[/*]|#!)/.test(line));
    expect(lines).toHaveLength(20);
  });

  // The one in TypeScript was compiled with the worker above.
  it.each([example("worker-js/lamp.mjs"), example("worker-ts/dist/lamp.js")])("%s has a setting, a command and an OSC address", async (program) => {
    const worker = await WorkerProcess.prepare("lamp", { command: [process.execPath, program] });
    try {
      const client = await worker.start();
      await client.request("set_config", { most: 0.5 });
      expect(await client.request("shine", { level: 0.8 })).toMatchObject({ success: true, message: "lamp at 0.5" });
      expect(await client.request("shine", { level: 2 })).toMatchObject({ success: false, data: { code: "bad_arguments" } });
    } finally {
      await worker.remove();
    }
  });
});

describe("the worker that listens to the rig", () => {
  it("shows another scene every few beats, and says why when it cannot", async () => {
    const worker = await WorkerProcess.prepare("scenes", { command: [process.execPath, example("worker-js/scenes.mjs")] });
    const analyzer = new Analyzer(worker.busDir);
    try {
      const client = await worker.start();
      await client.request("set_config", { every: 2 });
      expect(await client.request("get_state")).toMatchObject({ data: { beats: 0, condition: { level: "degraded", text: "no beat yet" } } });
      await analyzer.start();
      await waitFor("a beat that arrives", async () => {
        analyzer.beat();
        const { data } = await client.request("get_state");
        return Number(Object(data)["beats"]) > 2;
      });
      expect(await client.request("get_state")).toMatchObject({ data: { condition: { level: "ok" }, telemetry: { rejected: 0 } } });
    } finally {
      await analyzer.stop();
      await worker.remove();
    }
  });
});

it.each(shown)("$document shows $file as it is", ({ file, shown: body }) => {
  expect(body).toBe(text("..", file));
});

describe("clients in other languages", () => {
  let worker: WorkerProcess;
  beforeAll(async () => {
    worker = await WorkerProcess.prepare("smoke", { command: javascript });
    await worker.start();
  });
  afterAll(() => worker.remove());
  const env = (): NodeJS.ProcessEnv => ({ ...process.env, VJ_BUS_DIR: worker.busDir });

  it("Python: a reply, and the exit code of a refusal", needs("python3"), async () => {
    const client = (...words: string[]) => execute("python3", [example("clients/vj.py"), ...words], { env: env() });
    expect((await client("smoke", "puff", "amount=0.5")).stdout).toBe('"smoke at 0.5"\n');
    expect(JSON.parse((await client("smoke", "get_state")).stdout)).toMatchObject({ status: "running" });
    await expect(client("smoke", "puff", "amount=2")).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/^"puff: amount.*"\n$/) });
    await expect(client("nobody", "get_state")).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("nobody: ") });
    const read = await execute("sh", ["-c", 'python3 "$0" smoke get_state | true', example("clients/vj.py")], { env: env() });
    expect(read.stderr).toBe("");
  });

  it("C: a reply, and the exit code of a refusal", needs("cc"), async () => {
    await using dir = tempDir();
    const program = dir.join("vj-client");
    await execute("cc", ["-Wall", "-Wextra", "-Werror", "-o", program, example("clients/vj.c")]);
    const client = (...words: string[]) => execute(program, words, { env: env() });
    expect(JSON.parse((await client("smoke", "puff", '"amount": 0.5')).stdout)).toMatchObject({ success: true, message: "smoke at 0.5" });
    await expect(client("smoke", "puff", '"amount": 2')).rejects.toMatchObject({ code: 1 });
    await expect(client("nobody", "get_state")).rejects.toMatchObject({ code: 1, stderr: "nobody: not running\n" });
  });

  it("shell: a reply, and the exit code of a refusal", needs("socat"), async () => {
    const client = (...words: string[]) => execute("sh", [example("clients/vj.sh"), ...words], { env: env() });
    expect(JSON.parse((await client("smoke", "puff", '"amount": 0.5')).stdout)).toMatchObject({ success: true, message: "smoke at 0.5" });
    await expect(client("smoke", "puff", '"amount": 2')).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("bad_arguments") });
    await expect(client("nobody", "get_state")).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("nobody: no answer") });
  });
});

describe("the sketch for Processing", () => {
  const sketch = text("processing/VjReceiver/VjReceiver.pde");
  const branches = [...sketch.matchAll(/checkAddrPattern\("([^"]+)"\)(?: && m\.checkTypetag\("(\w+)"\))?\) \{([^]*?)\n  \}/g)];
  const read = { intValue: "i", floatValue: "f", stringValue: "s" };

  it("reads several addresses", () => {
    expect(branches.length).toBeGreaterThan(6);
  });

  it.each(branches.map(([, address = "", tags = "", body = ""]) => ({ address, tags, body })))("reads $address as the table defines it", ({ address, tags, body }) => {
    const entry = Object.entries(contractOsc).find(([name]) => name === address)?.[1];
    expect(entry, "in the table").toBeDefined();
    if (entry === undefined) return;
    expect(tags).toBe(oscTags(entry));
    for (const [, index, getter] of body.matchAll(/m\.get\((\d)\)\.(\w+)\(\)/g)) {
      expect(entry.args[Number(index)]?.tag).toBe(read[getter as keyof typeof read]);
    }
  });
});

describe("the cue list", () => {
  it("names the fault of its file", async () => {
    await using dir = tempDir();
    const cues = dir.join("cues.json");
    writeFileSync(cues, '{"console":{"host":"127.0.0.1","port":"7000"},"cues":[]}');
    await using list = spawnNode([example("cues/cue-list.mjs"), cues], {});
    expect(await list.exited).toEqual({ code: 1, signal: null });
    expect(list.output()).toMatch(/cues\.json: .*\n.*console\.port/);
    await using none = spawnNode([example("cues/cue-list.mjs"), dir.join("none.json")], {});
    expect(await none.exited).toEqual({ code: 1, signal: null });
    expect(none.output()).toMatch(/none\.json: ENOENT[^\n]*\n$/);
  });

  it("sends a cue when its condition begins to hold, once", async () => {
    await using dir = tempDir();
    const desk = await createReceiver({ port: 0 });
    const worker = await WorkerProcess.prepare("smoke", { command: javascript });
    const cues = dir.join("cues.json");
    writeFileSync(
      cues,
      JSON.stringify({
        console: { host: "127.0.0.1", port: desk.port },
        cues: [{ when: { address: "/smoke/density", becomes: 0 }, send: ["/cue/clear/level", 0.5, "now"] }],
      }),
    );
    await using list = spawnNode([example("cues/cue-list.mjs"), cues], { VJ_BUS_DIR: worker.busDir });
    try {
      const client = await worker.start();
      await waitFor("the cue", () => desk.latest("/cue/clear/level")?.count === 1);
      expect(desk.latest("/cue/clear/level")?.message).toMatchObject({ tags: "fs", args: [0.5, "now"] });
      await client.request("set_config", { fade: 0.3 });
      await client.request("puff", { amount: 1 });
      await waitFor("the second cue", () => desk.latest("/cue/clear/level")?.count === 2);
    } finally {
      expect(await list.kill("SIGINT")).toMatchObject({ code: 0 });
      await worker.remove();
      await desk.close();
    }
  });
});
