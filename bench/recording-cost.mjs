// Cost of recording a full rig's telemetry, beside a process that receives the same and drops it. Both in one run, against one analyzer
// that plays the demo signal.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { answeredBy } from "./worker-answers.mjs";
import { median, percent } from "./report.mjs";

const seconds = 15;
const rounds = 2;
const warmMs = 5000;
const apps = `${import.meta.dirname}/../apps`;

/** @returns {Promise<import("./report.mjs").Table | undefined>} */
export async function recordingCost() {
  if (process.platform !== "linux") return undefined;
  const dir = mkdtempSync("/tmp/vj-rc-");
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
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Percent of a core, once it is warm. @param {import("node:child_process").ChildProcess} child */
async function loadOf(child) {
  await delay(warmMs);
  const [before, begun] = [ticksOf(child.pid), performance.now()];
  await delay(seconds * 1000);
  const load = ((ticksOf(child.pid) - before) * 1000) / (performance.now() - begun);
  child.kill();
  await once(child, "exit");
  return load;
}

/** Hundredths of a second that it computed, in user and in system mode. @param {number | undefined} pid */
function ticksOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
