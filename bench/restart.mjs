// kill -9 of a worker until the next one answers get_state: under our manager, beside the floor (the time for the same
// worker spawned by hand) and beside supervisord and pm2, where they are installed.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { connect } from "@vj/control";
import { answeredBy } from "./worker-answers.mjs";
import { median, ms, quantile, ratio } from "../scripts/report.mjs";
import { rivalProgram } from "./rivals.mjs";
import { runs as of, scratch } from "./session.mjs";

const runs = of(12, 2);
// Longer than the interval in which a supervisor sees a crash loop, and within our own budget of 5 a minute, which each
// run clears.
const pauseMs = of(2500, 500);
const program = `${import.meta.dirname}/bench-worker/main.mjs`;
const manager = `${import.meta.dirname}/../apps/process-manager/bin/process-manager.js`;

/** @returns {Promise<import("../scripts/report.mjs").Table>} */
export async function restart() {
  const dir = scratch("/tmp/vj-r-");
  const env = { ...process.env, VJ_BUS_DIR: `${dir}/bus`, VJ_CONFIG_DIR: `${dir}/config`, VJ_WORKERS: `${import.meta.dirname}/bench-worker`, VJ_SUPERVISED: "1" };
  /** @type {(string | import("../scripts/report.mjs").Figure)[][]} */
  const rows = [];
  try {
    const floor = await byHand(env);
    /** @param {string} name @param {number[]} times */
    const row = (name, times) =>
      rows.push([name, ms(median(times)), ms(quantile(times, 0.95)), ratio(median(times) / median(floor)), ms(median(times) - median(floor))]);
    row("spawned by hand (the floor)", floor);
    row("@vj/process-manager (goal <= 1.15, p95 < 300 ms)", await underOurs(env));
    if (rivalProgram("supervisord") !== undefined) row("supervisord", await underSupervisord(dir, env));
    else rows.push(["supervisord", "not installed", "", "", ""]);
    const pm2 = rivalProgram("pm2");
    if (pm2 !== undefined) row("pm2", await underPm2(pm2, dir, env));
    else rows.push(["pm2", "not installed", "", "", ""]);
  } finally {
  }
  return { title: "kill -9 of a worker until the next one answers", head: ["", "p50", "p95", "÷ floor", "− floor"], rows };
}

/** @typedef {import("./worker-answers.mjs").BenchEnvironment} BenchEnvironment */

/** @param {BenchEnvironment} env */
async function byHand(env) {
  /** @type {number[]} */
  const times = [];
  for (let i = 0; i < runs; i++) {
    const begun = performance.now();
    const child = spawn(process.execPath, [program], { env, stdio: "ignore" });
    await answeredBy(env, undefined);
    times.push(performance.now() - begun);
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  return times;
}

/** @param {BenchEnvironment} env */
async function underOurs(env) {
  const child = spawn(process.execPath, [manager, "--only", "bench_worker"], { env, stdio: "ignore" });
  try {
    return await killAgainAndAgain(env, async () => {
      const client = await connect("process_manager", { busDir: env.VJ_BUS_DIR });
      // A human's restart clears the budget, so that all runs are first restarts of an incident.
      await client.request("restart_worker", { worker: "bench_worker" }, { timeoutMs: 10_000 });
      await client.close();
    });
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}

/** @param {string} dir @param {BenchEnvironment} env */
async function underSupervisord(dir, env) {
  writeFileSync(`${dir}/supervisord.conf`, `[supervisord]\nnodaemon=true\nlogfile=${dir}/s.log\npidfile=${dir}/s.pid\n[program:bench]\ncommand=${process.execPath} ${program}\nautorestart=true\n`);
  const child = spawn("supervisord", ["-c", `${dir}/supervisord.conf`], { env, stdio: "ignore" });
  try {
    return await killAgainAndAgain(env, async () => {});
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}

/** @param {string} pm2Program @param {string} dir @param {BenchEnvironment} env */
async function underPm2(pm2Program, dir, env) {
  /** @param {string[]} args */
  const pm2 = (...args) => execFileSync(pm2Program, args, { env: { ...env, PM2_HOME: `${dir}/pm2` }, stdio: "ignore" });
  pm2("start", program, "--name", "bench");
  try {
    return await killAgainAndAgain(env, async () => {});
  } finally {
    pm2("kill");
  }
}

/** @param {BenchEnvironment} env @param {() => Promise<void>} clear */
async function killAgainAndAgain(env, clear) {
  let pid = await answeredBy(env, undefined);
  /** @type {number[]} */
  const times = [];
  for (let i = 0; i < runs; i++) {
    await clear();
    pid = await answeredBy(env, undefined);
    await delay(pauseMs);
    const begun = performance.now();
    process.kill(pid, "SIGKILL");
    pid = await answeredBy(env, pid);
    times.push(performance.now() - begun);
  }
  return times;
}
