import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { connect } from "@vj/control";
import { spawnNode, tempDir, tempEnvironment, waitFor } from "@vj/test-kit";
import { expect, it } from "vitest";

/** How often the threads of a process went to sleep so far. */
function sleeps(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => readFileSync(`/proc/${pid}/task/${thread}/status`, "utf8"));
  return threads.reduce((sum, status) => sum + Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? 0), 0);
}

it.runIf(process.platform === "linux")("an idle worker wakes at most twenty times a second", async () => {
  await using dir = tempDir();
  await using worker = spawnNode([path.join(import.meta.dirname, "fixtures/moody.mjs")], { ...tempEnvironment(dir), VJ_SUPERVISED: "1" });
  await using client = await waitFor("the worker", () => connect("moody", { busDir: dir.join("bus"), reconnect: false }));
  expect(client.connected).toBe(true);
  const seconds = 2;
  let fewest = Infinity;
  // What a start leaves behind, such as code that is compiled, comes to an end.
  await waitFor("a calm second", async () => {
    const [before, begun] = [sleeps(worker.pid), performance.now()];
    await delay(seconds * 1000);
    fewest = Math.min(fewest, ((sleeps(worker.pid) - before) * 1000) / (performance.now() - begun));
    return fewest < 20;
  });
  expect(fewest).toBeLessThan(20);
});
