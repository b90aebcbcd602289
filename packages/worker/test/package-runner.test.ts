import { existsSync, writeFileSync } from "node:fs";
import { connect, isProcessAlive } from "@vj/control";
import { needs, spawnNode, spawnProcess, tempDir, tempEnvironment, waitFor } from "@vj/test-kit";
import type { TempDir, TestProcess } from "@vj/test-kit";
import { expect, it } from "vitest";

/** Like npx: starts a worker, and does not pass on the signal that ends it. */
const runner = (detached: boolean) => `
const { spawn } = require("node:child_process");
const child = spawn(process.execPath, [process.env.WORKER], { stdio: "ignore", detached: ${detached} });
console.log("pid", child.pid);`;

/** A worker below a package runner, on its own bus; both are ended with the scope. */
class RunWorker implements AsyncDisposable {
  readonly dir: TempDir = tempDir();
  readonly npx: TestProcess;
  pid = 0;

  constructor(detached: boolean, env: Record<string, string> = {}) {
    const script = this.dir.join("npx-cli.js");
    writeFileSync(script, runner(detached));
    const worker = `${import.meta.dirname}/fixtures/patient.mjs`;
    this.npx = spawnNode([script], { ...tempEnvironment(this.dir), VJ_OSC_TARGETS: "127.0.0.1:9", WORKER: worker, ...env });
  }

  async answers(): Promise<void> {
    this.pid = Number((await this.npx.printed(/pid (\d+)/))[1]);
    const client = await waitFor("it to answer", () => connect("patient", { busDir: this.dir.join("bus"), reconnect: false }));
    await client.request("get_state");
    await client.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.npx.kill();
    if (this.pid > 0 && isProcessAlive(this.pid)) process.kill(this.pid, "SIGKILL");
    this.dir.remove();
  }
}

it("a worker that was started through npx ends in order when that is killed; one that is supervised or has a session of its own stays", async () => {
  await using ending = new RunWorker(false);
  await using supervised = new RunWorker(false, { VJ_SUPERVISED: "1" });
  await using detached = new RunWorker(true);
  const all = [supervised, detached, ending];
  await Promise.all(all.map((worker) => worker.answers()));
  // Signals only the package runner, as a process manager would; a terminal would signal all of them.
  for (const { npx } of all) process.kill(npx.pid, "SIGTERM");
  await waitFor("its end", () => !isProcessAlive(ending.pid));
  expect(existsSync(ending.dir.join("bus/patient.sock"))).toBe(false);
  expect([supervised.pid, detached.pid].map(isProcessAlive)).toEqual([true, true]);
});

it("also when that was killed while the worker was still starting", needs("linux"), async () => {
  await using dir = tempDir();
  const worker = `${import.meta.dirname}/fixtures/patient.mjs`;
  const env = { ...tempEnvironment(dir), VJ_OSC_TARGETS: "127.0.0.1:9", npm_lifecycle_event: "npx" };
  // The shell has ended before the worker looks.
  await using shell = spawnProcess("/bin/sh", ["-c", `"$0" "$1" & echo pid $!`, process.execPath, worker], env);
  const pid = Number((await shell.printed(/pid (\d+)/))[1]);
  await waitFor("its end", () => !isProcessAlive(pid));
});
