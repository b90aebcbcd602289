import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isProcessAlive } from "@vj/control";
import { needs, tempDir, waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { removeRig } from "../src/remove-rig.ts";

const module = (name: string): string => JSON.stringify(new URL(`../dist/${name}.js`, import.meta.url).href);

/** Prepares a rig with a disk of its own, where that can be done, and a process of it that has left our group. */
const program = `
import { spawn } from "node:child_process";
import { mountSmallDisk } from ${module("faults/files")};
import { beginRun } from ${module("long-run")};
import { RealRig } from ${module("rig")};
const run = beginRun("it", false);
const rig = await RealRig.prepare();
mountSmallDisk(rig);
const { pid } = spawn("sleep", ["3600"], { env: rig.env, stdio: "ignore", detached: true });
console.log(JSON.stringify({ dir: rig.dir, pid }));
await run.attempt(() => new Promise(() => setInterval(() => {}, 1000)));`;

describe("a rig whose run is ended", needs("proc"), () => {
  it.each([["a kill -9", ["SIGKILL"]], ["SIGHUP, and a kill -9 while it cleans up", ["SIGHUP", "SIGKILL"]]] as const)("by %s has ended as well, and its folder and disk are gone", { timeout: 120_000 }, async (_, signals) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"], detached: true });
    const [line]: unknown[] = await once(child.stdout.setEncoding("utf8"), "data");
    const { dir, pid } = z.object({ dir: z.string(), pid: z.number() }).parse(JSON.parse(String(line)));
    onTestFinished(() => removeRig(dir));
    const ended = once(child, "exit");
    // To the whole group, as a terminal or `timeout` does.
    for (const signal of signals) process.kill(-Number(child.pid), signal);
    await ended;
    await waitFor("the rig to be removed", () => !existsSync(dir) && !isProcessAlive(pid), 60_000);
    expect(readFileSync("/proc/mounts", "utf8")).not.toContain(dir);
  });
});

it.each(["SIGTERM", "SIGHUP", "SIGKILL"] as const)("the run of link-check in its own network ends with the program that was started, by %s", { timeout: 120_000, ...needs("proc") }, async (signal) => {
  await using dir = tempDir();
  // In place of what makes the network.
  writeFileSync(dir.join("unshare"), `#!/bin/sh\ntrap 'echo over > "${dir.path}/over"; exit 130' TERM HUP\necho "$$"\nwhile :; do sleep 0.1; done\n`);
  chmodSync(dir.join("unshare"), 0o755);
  const { VJ_LINK_NETWORK: _, ...env } = process.env;
  const program = path.join(import.meta.dirname, "../dist/link-main.js");
  const child = spawn(process.execPath, [program], { env: { ...env, PATH: `${dir.path}:${env["PATH"] ?? ""}` }, stdio: ["ignore", "pipe", "inherit"] });
  const [line]: unknown[] = await once(child.stdout.setEncoding("utf8"), "data");
  // The run, and what ends it after us.
  const children = `/proc/${child.pid}/task/${child.pid}/children`;
  await waitFor("both to be started", () => readFileSync(children, "utf8").trim().split(" ").length === 2);
  const ended = once(child, "exit");
  child.kill(signal);
  expect(await ended).toEqual(signal === "SIGKILL" ? [null, "SIGKILL"] : [130, null]);
  await waitFor("the run to end", () => existsSync(dir.join("over")) && !isProcessAlive(Number(line)), 60_000);
});
