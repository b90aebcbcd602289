// What the TUI costs with a full rig at 120×40: CPU, and bytes to the terminal; beside a bare Ink loop that draws as many rows of as many
// cells ten times a second.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { connect } from "@vj/control";
import { cpuSeconds } from "./cpu.mjs";
import { installed, percent } from "../scripts/report.mjs";
import { runs, scratch } from "./session.mjs";

const columns = 120;
const rows = 40;
/** For the rig to start. */
const settleSeconds = runs(4, 2);
/** For V8 to have compiled what runs often: in the first quarter of a minute that costs as much as the pictures. */
const warmSeconds = runs(20, 2);
const seconds = runs(20, 1);

const longestStartMs = 60_000;
/** More than a shell and the setting up of a terminal write. */
const pictureBytes = 1000;

const apps = `${import.meta.dirname}/../apps`;

/** @returns {Promise<import("../scripts/report.mjs").Table | undefined>} */
export async function tuiCost() {
  if (process.platform !== "linux" || !installed("script")) return undefined;
  const dir = scratch("/tmp/vj-tui-");
  const env = { ...process.env, VJ_BUS_DIR: `${dir}/bus`, VJ_CONFIG_DIR: `${dir}/config`, VJ_DATA_DIR: `${dir}/data`, VJ_CACHE_DIR: `${dir}/cache`, VJ_OSC_TARGETS: "127.0.0.1:9", CI: "false", TERM: "xterm-256color", LC_ALL: "C.UTF-8" };
  const manager = spawn(process.execPath, [`${apps}/process-manager/bin/process-manager.js`], { env, stdio: "ignore" });
  try {
    const client = await connected(env.VJ_BUS_DIR);
    await delay(settleSeconds * 1000);
    const tui = `${apps}/tui/bin/tui.js`;
    const moving = await costOf(env, tui);
    await client.request("stop_worker", { worker: "audio_analyzer" }, { timeoutMs: 10_000 });
    const still = await costOf(env, tui);
    const ink = await costOf(env, `${import.meta.dirname}/ink-loop.mjs`);
    await client.close();
    /** @type {(name: string, cost: Cost) => (string | import("../scripts/report.mjs").Figure)[]} */
    const line = (name, { cpu, bytes }) => [name, percent(cpu), { value: bytes / 1024, unit: "KiB/s", digits: 1 }];
    return {
      title: `TUI at ${columns}×${rows} with a full rig, after ${warmSeconds} s`,
      head: ["", "of one core", "to the terminal"],
      rows: [line("sound, 10 pictures a second (goal <= 4 %, <= 8 KiB/s)", moving), line("nothing moves (goal < 1.5 %)", still), line("bare Ink, 10 pictures a second", ink)],
    };
  } finally {
    manager.kill("SIGTERM");
    await once(manager, "exit");
  }
}

/** @param {string} busDir */
async function connected(busDir) {
  for (;;) {
    try {
      return await connect("process_manager", { busDir });
    } catch {
      await delay(100);
    }
  }
}

/** @typedef {{ readonly cpu: number, readonly bytes: number }} Cost percent of a core, and bytes a second */

/** @param {NodeJS.ProcessEnv} env @param {string} program @returns {Promise<Cost>} */
async function costOf(env, program) {
  const command = `stty cols ${columns} rows ${rows}; echo "pid $$."; exec '${process.execPath}' '${program}'`;
  const child = spawn("script", ["-qfc", command, "/dev/null"], { env: { ...env, SHELL: "/bin/sh" }, stdio: ["pipe", "pipe", "ignore"] });
  let written = 0;
  let head = "";
  child.stdout.on("data", (/** @type {Buffer} */ piece) => {
    written += piece.length;
    if (head.length < 200) head += piece.toString("latin1");
  });
  // A busy machine takes its time for the first picture; before it, nothing can be measured.
  for (const end = performance.now() + longestStartMs; written < pictureBytes; ) {
    if (performance.now() > end) throw new Error(`${program} has drawn nothing for ${longestStartMs / 1000} s`);
    await delay(50);
  }
  await delay(warmSeconds * 1000);
  const pid = Number(/pid (\d+)\./.exec(head)?.[1]);
  const before = { written, cpu: cpuSeconds(pid), at: performance.now() };
  await delay(seconds * 1000);
  const elapsed = (performance.now() - before.at) / 1000;
  const cost = { cpu: ((cpuSeconds(pid) - before.cpu) / elapsed) * 100, bytes: (written - before.written) / elapsed };
  process.kill(pid, "SIGTERM");
  await once(child, "exit");
  return cost;
}
