import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { expect, it, onTestFinished } from "vitest";
import { spawnProcess, tempDir, waitFor } from "@vj/test-kit";
import { identify, isProcessAlive, killStrays, recordChild } from "../src/index.ts";
import type { ProcessIdentity } from "../src/index.ts";

/** Kills a process that leads a group. @returns the pid of another one in that group, which stays */
async function killedParent(record: (identity: ProcessIdentity) => void): Promise<number> {
  const parent = spawn("sh", ["-c", "sleep 60 >/dev/null 2>&1 & echo $!; wait"], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
  const [printed] = await once(parent.stdout, "data");
  const left = Number(printed);
  onTestFinished(() => {
    if (isProcessAlive(left)) process.kill(left, "SIGKILL");
  });
  const identity = identify(parent.pid ?? 0);
  if (identity === undefined) throw new Error("the parent is not there");
  record(identity);
  const closed = once(parent, "close");
  parent.kill("SIGKILL");
  await closed;
  return left;
}

it("kills what a worker left behind that ended while no manager ran", async () => {
  await using dir = tempDir();
  const left = await killedParent((parent) => recordChild(dir.path, "a", parent));
  expect(isProcessAlive(left)).toBe(true);
  killStrays(dir.path);
  await waitFor("the process that was left behind to end", () => !isProcessAlive(left));
  expect(readdirSync(dir.path)).toEqual([]);
});

it("leaves running workers, those that a person started, and those of an earlier boot alone", async () => {
  await using dir = tempDir();
  await using running = spawnProcess("sleep", ["60"]);
  const own = identify(running.pid);
  if (own === undefined) throw new Error("the process is not there");
  recordChild(dir.path, "running", own);
  const mine = await killedParent((parent) => {
    recordChild(dir.path, "mine", parent);
    const file = dir.join(`mine.${parent.pid}.${parent.start}`);
    renameSync(`${file}.child`, `${file}.lock`);
  });
  const earlier = await killedParent((parent) => writeFileSync(dir.join(`earlier.${parent.pid}.${parent.start}.child`), "child another-boot", { mode: 0o600 }));
  killStrays(dir.path);
  expect([running.pid, mine, earlier].map(isProcessAlive)).toEqual([true, true, true]);
  expect(existsSync(dir.join(`running.${own.pid}.${own.start}.child`))).toBe(true);
  expect(readdirSync(dir.path).filter((name) => name.startsWith("earlier"))).toEqual([]);
});
