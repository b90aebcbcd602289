// Median time from the start of a worker's process until it answers get_state, ms.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { median } from "../../scripts/report.mjs";
import { answeredBy } from "../worker-answers.mjs";
import { finish, root } from "./load.mjs";

const starts = 5;

const dir = mkdtempSync("/tmp/vj-u-");
const env = { ...process.env, VJ_BUS_DIR: `${dir}/bus`, VJ_CONFIG_DIR: `${dir}/config`, VJ_CACHE_DIR: `${dir}/cache`, VJ_SUPERVISED: "1" };
const times = [];
for (let i = 0; i < starts; i++) {
  const begun = performance.now();
  const child = spawn(process.execPath, [`${root}/bench/bench-worker/main.mjs`], { env, stdio: "ignore" });
  await answeredBy(env, undefined);
  times.push(performance.now() - begun);
  child.kill("SIGTERM");
  await once(child, "exit");
}
rmSync(dir, { recursive: true, force: true });
finish(median(times));
