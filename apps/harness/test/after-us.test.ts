import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { isProcessAlive } from "@vj/control";
import { needs, waitFor } from "@vj/test-kit";
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
