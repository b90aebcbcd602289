// A worker that hangs (SIGSTOP) until its successor answers; beside the limit: the silence after which the manager kills.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { median } from "../scripts/report.mjs";
import { runs as of, scratch } from "./session.mjs";
import { answeredBy } from "./worker-answers.mjs";

const runs = of(4, 1);
/** The default of the setting `hang_kill_sec`, and what a quick run sets. */
const killSeconds = of(10, 3);
const manager = `${import.meta.dirname}/../apps/process-manager/bin/process-manager.js`;

/** @returns {Promise<import("../scripts/report.mjs").Table>} */
export async function hang() {
  const dir = scratch("/tmp/vj-hg-");
  const env = { ...process.env, VJ_BUS_DIR: `${dir}/bus`, VJ_CONFIG_DIR: `${dir}/config`, VJ_WORKERS: `${import.meta.dirname}/bench-worker` };
  mkdirSync(env.VJ_CONFIG_DIR);
  writeFileSync(`${env.VJ_CONFIG_DIR}/process_manager.json`, JSON.stringify({ hang_kill_sec: killSeconds }));
  const child = spawn(process.execPath, [manager, "--only", "bench_worker"], { env, stdio: "ignore" });
  /** @type {number[]} */
  const times = [];
  try {
    let pid = await answeredBy(env, undefined);
    for (let i = 0; i < runs; i++) {
      await delay(2000);
      const begun = performance.now();
      process.kill(pid, "SIGSTOP");
      pid = await answeredBy(env, pid);
      times.push((performance.now() - begun) / 1000);
    }
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  const seconds = (/** @type {number} */ value) => ({ value, unit: "s", digits: 2 });
  return {
    title: "Hung worker -> its successor answers (goal < 11 s)",
    head: ["", "p50", "max", "beyond the limit", "runs"],
    rows: [
      ["the limit: silence until it is killed (hang_kill_sec)", seconds(killSeconds), seconds(killSeconds), seconds(0), ""],
      ["@vj/process-manager", seconds(median(times)), seconds(Math.max(...times)), seconds(median(times) - killSeconds), times.length],
    ],
  };
}
