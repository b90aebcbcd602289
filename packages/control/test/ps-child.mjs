// Run with VJ_PROCESS_FACTS=ps, as on a system without /proc: checks that one process gets a name and the right one is
// killed. Prints any fault.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { identify, isRunning, killTree, nameOwner, processSource, serve } from "@vj/control";

const onCommand = () => ({ type: "ack", success: true, message: null, data: null });
const dir = mkdtempSync("/tmp/vj-t-");
const child = spawn("/bin/sh", ["-c", "sleep 61 & sleep 62 & wait"], { detached: true, stdio: "ignore" });
try {
  assert.equal(processSource.boot(), "");
  const start = identify(process.pid).start;
  assert.ok(Math.abs(start - Date.now() / 1000) < 60, `start ${start} is not the time of day`);

  writeFileSync(`${dir}/a.${child.pid}.${start - 3600}.lock`, "held");
  writeFileSync(`${dir}/a.${process.pid}.${start - 3600}.lock`, "held");
  const server = await serve({ path: `${dir}/a.sock`, onCommand });
  assert.deepEqual(nameOwner(dir, "a"), { pid: process.pid, start });
  assert.equal(readdirSync(dir).filter((entry) => entry.endsWith(".lock")).length, 1);
  await server.close();

  const identity = identify(child.pid);
  const sleeps = processSource.all().filter(({ group }) => group === child.pid);
  assert.equal(sleeps.length, 3);
  assert.equal(killTree({ ...identity, start: identity.start - 3600 }), false);
  assert.equal(isRunning(identity), true);
  assert.equal(killTree(identity), true);
  await once(child, "exit");
  assert.equal(isRunning(identity), false);
  const names = new Set(sleeps.map(({ pid }) => pid));
  const left = () => processSource.all().filter(({ pid, ended }) => names.has(pid) && !ended);
  for (let tries = 0; left().length > 0 && tries < 50; tries += 1);
  assert.deepEqual(left(), []);
} finally {
  child.kill("SIGKILL");
  rmSync(dir, { recursive: true });
}
