// Cost of recording a full rig's telemetry, beside a process that receives the same and drops it. Both in one run, against one analyzer
// that plays the demo signal.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { cpuSeconds } from "./cpu.mjs";
import { answeredBy } from "./worker-answers.mjs";
import { median, percent } from "../scripts/report.mjs";
import { runs, scratch } from "./session.mjs";

const seconds = runs(15, 1);
const rounds = runs(2, 1);
const warmMs = runs(5000, 1000);
const apps = `${import.meta.dirname}/../apps`;

/** @returns {Promise<import("../scripts/report.mjs").Table | undefined>} */
export async function recordingCost() {
  if (process.platform !== "linux") return undefined;
  const dir = scratch("/tmp/vj-rc-");
  const env = { ...process.env, VJ_BUS_DIR: `${dir}/bus`, VJ_CONFIG_DIR: `${dir}/config`, VJ_DATA_DIR: `${dir}/data`, VJ_CACHE_DIR: `${dir}/cache`, VJ_OSC_TARGETS: "127.0.0.1:9", VJ_SUPERVISED: "1" };
  mkdirSync(env.VJ_CONFIG_DIR);
  writeFileSync(`${env.VJ_CONFIG_DIR}/audio_analyzer.json`, JSON.stringify({ audio_source: "demo" }));
  const analyzer = spawn(process.execPath, [`${apps}/audio-analyzer/bin/audio-analyzer.js`], { env, stdio: "ignore" });
  try {
    await answeredBy(env, undefined, "audio_analyzer");
    /** @type {{ recorder: number[], bare: number[] }} */
    const loads = { recorder: [], bare: [] };
    for (let round = 0; round < rounds; round++) {
      loads.recorder.push(await loadOf(spawn(process.execPath, [`${apps}/recorder/bin/recorder.js`], { env, stdio: "ignore" })));
      loads.bare.push(await loadOf(fork(`${import.meta.dirname}/bare-feed.mjs`, { env })));
    }
    const [recorder, bare] = [median(loads.recorder), median(loads.bare)];
    return {
      title: "Recording everything an analyzer sends at full rate, of one core (goal < 1.5 %)",
      head: ["", "recorder", "received and dropped", "difference"],
      rows: [[`${rounds} x ${seconds} s, demo signal`, percent(recorder), percent(bare), percent(recorder - bare)]],
    };
  } finally {
    analyzer.kill();
  }
}

/** Percent of a core, once it is warm. @param {import("node:child_process").ChildProcess} child */
async function loadOf(child) {
  await delay(warmMs);
  const [before, begun] = [cpuSeconds(child.pid), performance.now()];
  await delay(seconds * 1000);
  const load = ((cpuSeconds(child.pid) - before) * 100_000) / (performance.now() - begun);
  child.kill();
  await once(child, "exit");
  return load;
}
