import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { needs, spawnProcess, tempDir, tempEnvironment } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { findWorkers, homeFolder } from "../src/find-workers.ts";

const deaths = 50;
const program = path.join(homeFolder, "bin/process-manager.js");

const visitor = path.join(homeFolder, "test/fixtures/mayfly-visitor.mjs");

describe("in a container", needs("root", "pidNamespace"), () => {
  it(`with an init, no zombies are left after ${deaths} deaths of a worker`, async () => {
    await using dir = tempDir();
    // A shell collects orphans, like an init.
    const script = `"$0" "$1" --only none & "$0" "$2" ${deaths} || kill $!; wait`;
    await using container = inContainer(["/bin/sh", "-c", script, process.execPath, program, visitor], prepare(dir));
    expect((await container.printed(/zombies (\d+)/))[1]).toBe("0");
    expect((await container.exited).code).toBe(0);
  });

  it("as the first process itself, the manager reports that an init is needed, and ends on SIGTERM", async () => {
    await using dir = tempDir();
    await using container = inContainer([process.execPath, program, "--only", "none"], prepare(dir));
    await container.printed(/without an init.*docker run --init/);
    expect(await container.printed(/started/)).toBeTruthy();
    await container.kill("SIGKILL");
  });
});

function inContainer(command: string[], env: Record<string, string>) {
  return spawnProcess("unshare", ["--fork", "--pid", "--mount-proc", "--kill-child", ...command], env);
}

/** @returns the environment of a manager with one worker, which dies at once. */
function prepare(dir: ReturnType<typeof tempDir>): Record<string, string> {
  const worker = dir.join("mayfly");
  for (const folder of [worker, dir.join("config")]) mkdirSync(folder);
  const manifest = { name: "mayfly", type: "module", bin: "./main.mjs", vj: { worker: "mayfly", enabled: false } };
  writeFileSync(path.join(worker, "package.json"), JSON.stringify(manifest));
  const main = `import { spawn } from "node:child_process"; spawn("sleep", ["0.01"], { detached: true, stdio: "ignore" }); process.exit(1);`;
  writeFileSync(path.join(worker, "main.mjs"), main);
  const disabled = [...findWorkers({ named: [] }).programs.keys()];
  writeFileSync(dir.join("config", "process_manager.json"), JSON.stringify({ disabled }));
  return { ...tempEnvironment(dir), VJ_OSC_TARGETS: "", VJ_WORKERS: worker };
}
