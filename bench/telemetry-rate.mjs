// Messages a second of an address that is sent 60 times a second, and how unevenly they arrive, from the real analyzer; beside a bare
// timer of this process, which shows what the machine itself adds.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReceiver } from "@vj/telemetry";
import { ms, quantile } from "../scripts/report.mjs";
import { runs, scratch } from "./session.mjs";
import { answeredBy } from "./worker-answers.mjs";

const seconds = runs(60, 3);
const warmSeconds = runs(5, 1);
const analyzer = `${import.meta.dirname}/../apps/audio-analyzer/bin/audio-analyzer.js`;
const frameMs = 1000 / 60;

/** @returns {Promise<import("../scripts/report.mjs").Table>} */
export async function telemetryRate() {
  const dir = scratch("/tmp/vj-tr-");
  const receiver = await createReceiver();
  const env = { ...process.env, VJ_BUS_DIR: `${dir}/bus`, VJ_CONFIG_DIR: `${dir}/config`, VJ_DATA_DIR: `${dir}/data`, VJ_CACHE_DIR: `${dir}/cache`, VJ_AUDIO_SOURCE: "demo", VJ_OSC_TARGETS: `127.0.0.1:${receiver.port}`, VJ_SUPERVISED: "1" };
  const child = spawn(process.execPath, [analyzer], { env, stdio: "ignore" });
  try {
    await answeredBy(env, undefined, "audio_analyzer");
    /** @type {number[]} */
    const arrivals = [];
    receiver.on("message", ({ address }) => {
      if (address === "/audio/levels") arrivals.push(performance.now());
    });
    await new Promise((resolve) => setTimeout(resolve, warmSeconds * 1000));
    arrivals.length = 0;
    const timer = await bareTimer(seconds);
    return {
      title: `/audio/levels over ${seconds} s, demo signal (goal 60.0 ± 0.1 a second; jitter p95 < 2 ms beyond the limit's)`,
      head: ["", "a second", "jitter p50", "jitter p95", "jitter p99", "longest gap"],
      rows: [rowOf("bare timer in the receiving process (the limit)", timer), rowOf("audio_analyzer -> received", arrivals)],
    };
  } finally {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    await receiver.close();
  }
}

/** Times of a timer that aims at each sixtieth of a second. @param {number} length seconds @returns {Promise<number[]>} */
function bareTimer(length) {
  const begun = performance.now();
  /** @type {number[]} */
  const times = [];
  return new Promise((resolve) => {
    const tick = () => {
      times.push(performance.now());
      if (times.length >= length * 60) resolve(times);
      else setTimeout(tick, Math.max(0, begun + times.length * frameMs - performance.now()));
    };
    tick();
  });
}

/** Jitter is the distance of each interval from a sixtieth of a second. @param {string} name @param {readonly number[]} times */
function rowOf(name, times) {
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at));
  const jitter = gaps.map((gap) => Math.abs(gap - frameMs));
  const rate = (gaps.length * 1000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
  return [name, { value: rate, unit: "", digits: 3 }, ...[0.5, 0.95, 0.99].map((q) => ms(quantile(jitter, q))), ms(Math.max(...gaps))];
}
