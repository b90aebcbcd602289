// The terminal UI from its start to the first picture and to all workers, with a full rig, beside a bare Ink program; and a new worker on
// the bus until the screen shows it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { connect } from "@vj/control";
import { answeredBy } from "./worker-answers.mjs";
import { installed, median, ms } from "../scripts/report.mjs";
import { runs as of, scratch } from "./session.mjs";

const runs = of(7, 1);
const apps = `${import.meta.dirname}/../apps`;
const limitMs = 20_000;

/** @returns {Promise<import("../scripts/report.mjs").Table | undefined>} */
export async function tuiStart() {
  if (process.platform !== "linux" || !installed("script")) return undefined;
  const dir = scratch("/tmp/vj-ts-");
  const env = { ...process.env, VJ_BUS_DIR: `${dir}/bus`, VJ_CONFIG_DIR: `${dir}/config`, VJ_DATA_DIR: `${dir}/data`, VJ_CACHE_DIR: `${dir}/cache`, VJ_AUDIO_SOURCE: "demo", VJ_OSC_TARGETS: "127.0.0.1:9", CI: "false", TERM: "xterm-256color", LC_ALL: "C.UTF-8" };
  const manager = spawn(process.execPath, [`${apps}/process-manager/bin/process-manager.js`], { env, stdio: "ignore" });
  try {
    await answeredBy(env, undefined, "process_manager");
    const client = await connect("process_manager", { busDir: env.VJ_BUS_DIR });
    await delay(of(8000, 5000));
    const state = (await client.request("get_state")).data ?? {};
    const running = Object.entries(/** @type {Record<string, { state: string }>} */ (state["workers"])).filter(([, { state: phase }]) => phase === "running").map(([name]) => name);
    /** @type {Record<"ink" | "first" | "all", number[]>} */
    const times = { ink: [], first: [], all: [] };
    for (let i = 0; i < runs; i++) {
      times.ink.push(...(await shownAfter(env, `${import.meta.dirname}/ink-loop.mjs`, [["█"]])));
      const [first = Number.NaN, all = Number.NaN] = await shownAfter(env, `${apps}/tui/bin/tui.js`, [["Overview"], running]);
      times.first.push(first);
      times.all.push(all);
    }
    await client.close();
    const row = (/** @type {string} */ name, /** @type {readonly number[]} */ values) => [name, ms(median(values)), ms(Math.max(...values)), ms(median(values) - median(times.ink))];
    return {
      title: `Start of the screen with ${running.length} workers, ${runs} times in turn; after a crash it starts the same way`,
      head: ["", "p50", "max", "− bare Ink"],
      rows: [row("bare Ink: first picture (the limit)", times.ink), row("vj tui: first picture (goal < 400 ms)", times.first), row("vj tui: all workers shown (goal < 1 s)", times.all)],
    };
  } finally {
    manager.kill("SIGTERM");
    await once(manager, "exit");
  }
}

/**
 * Milliseconds until the output contains all words of a list, for each list.
 * @param {NodeJS.ProcessEnv} env @param {string} program @param {readonly (readonly string[])[]} wanted @returns {Promise<number[]>}
 */
async function shownAfter(env, program, wanted) {
  const begun = performance.now();
  const child = spawn("script", ["-qfc", `stty cols 120 rows 40; exec '${process.execPath}' '${program}'`, "/dev/null"], { env: { ...env, SHELL: "/bin/sh" }, stdio: ["pipe", "pipe", "ignore"] });
  let output = "";
  /** @type {number[]} */
  const times = [];
  await new Promise((/** @type {(value?: void) => void} */ resolve) => {
    const limit = setTimeout(resolve, limitMs);
    child.stdout.on("data", (/** @type {Buffer} */ piece) => {
      output += piece.toString();
      for (let next = wanted[times.length]; next?.every((word) => output.includes(word)); next = wanted[times.length]) times.push(performance.now() - begun);
      if (times.length < wanted.length) return;
      clearTimeout(limit);
      resolve();
    });
  });
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
  return times;
}
