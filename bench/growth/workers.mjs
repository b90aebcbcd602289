// The process manager with more and more workers: its CPU, and the time of one answer of `get_state`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { connect } from "@vj/control";
import { cpuSeconds } from "../cpu.mjs";
import { isQuick, runs, scratch } from "../session.mjs";
import { answeredBy } from "../worker-answers.mjs";

const counts = isQuick ? [1, 2] : [1, 2, 4, 8, 16, 32];
const seconds = runs(10, 1);
const settleMs = runs(5000, 1000);
const manager = `${import.meta.dirname}/../../apps/process-manager/bin/process-manager.js`;
const workerModule = new URL("../../packages/worker/dist/index.js", import.meta.url).href;

/** @returns {Promise<import("./main.mjs").Growth | undefined>} */
export async function workers() {
  if (process.platform !== "linux") return undefined;
  const points = [];
  for (const count of counts) points.push({ at: count, values: [await loadWith(count)] });
  return { name: "workers", title: "Process manager: share of a core by workers", by: "workers", series: ["manager"], unit: "% of a core", digits: 2, points };
}

/** @param {number} count */
async function loadWith(count) {
  const dir = scratch("/tmp/vj-gw-");
  for (let i = 0; i < count; i++) writeWorker(`${dir}/workers/w${i}`, `bench_${i}`);
  const env = { ...process.env, VJ_BUS_DIR: `${dir}/bus`, VJ_CONFIG_DIR: `${dir}/config`, VJ_DATA_DIR: `${dir}/data`, VJ_CACHE_DIR: `${dir}/cache`, VJ_WORKERS: `${dir}/workers` };
  const names = Array.from({ length: count }, (_, i) => `bench_${i}`);
  const child = spawn(process.execPath, [manager, "--only", names.join(",")], { env, stdio: "ignore" });
  try {
    await Promise.all(names.map((name) => answeredBy(env, undefined, name)));
    const client = await connect("process_manager", { busDir: env.VJ_BUS_DIR });
    await delay(settleMs);
    const before = cpuSeconds(child.pid);
    const begun = performance.now();
    await delay(seconds * 1000);
    const load = ((cpuSeconds(child.pid) - before) * 100_000) / (performance.now() - begun);
    await client.close();
    return load;
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}

/** @param {string} folder @param {string} name */
function writeWorker(folder, name) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, JSON.stringify({ name, version: "1.0.0", type: "module", bin: "./main.mjs", vj: { worker: name, enabled: true } }));
  writeFileSync(`${folder}/main.mjs`, `import { Worker, runWorker } from ${JSON.stringify(workerModule)};
class Bench extends Worker {
  constructor() {
    super({ name: ${JSON.stringify(name)}, version: "1.0.0", description: "Does nothing" });
  }
}
await runWorker(() => new Bench());
`);
}
