// Time from a click in the sink of a private PulseAudio to its detection: in a chunk of raw capture at several buffer
// sizes, and in an OSC datagram of the real worker. The click was in the sink's monitor at the latest when the first of two readers had
// it, of which one asks for a latency of 1 ms: that moment is zero, so no row can be earlier than the sound.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { createReceiver } from "@vj/telemetry";
import { installed, ms, quantile } from "../scripts/report.mjs";
import { runs, scratch } from "./session.mjs";

const clicks = runs(40, 5);
const pauseMs = 400;
const rate = 44_100;
const frameBytes = 8;
const loud = 0.2;
const worker = `${import.meta.dirname}/../apps/audio-analyzer/bin/audio-analyzer.js`;
/**
 * What a measurement starts and must stop: processes with this environment.
 * @typedef {{ env: NodeJS.ProcessEnv, stops: (() => Promise<void>)[] }} Bench
 */

/** @param {number} latency milliseconds @returns {[string, ...string[]]} */
const parec = (latency) => ["parec", "-d", "vj.monitor", "--raw", "--format=float32le", `--rate=${rate}`, "--channels=2", `--latency-msec=${latency}`];

/** @returns {Promise<import("../scripts/report.mjs").Table | undefined>} undefined where the programs are missing */
export async function clickLatency() {
  if (!installed("pulseaudio") || !installed("parec")) {
    console.error("\nClick latency: pulseaudio and pulseaudio-utils are not installed");
    return undefined;
  }
  const dir = scratch("/tmp/vj-click-");
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  try {
    const env = await soundServer(dir, stops);
    const player = await startPlayer(env, stops);
    const reference = watchCommand(parec(1), env, stops);
    /** @type {(string | import("../scripts/report.mjs").Figure)[][]} */
    const rows = [];
    /** @param {string} name @param {Watch} watch */
    const measure = async (name, watch) => {
      await watch.ready;
      /** @type {number[]} */
      const latencies = [];
      let lost = 0;
      let first = 0;
      for (let i = 0; i < clicks; i++) {
        await delay(pauseMs + 17 * (i % 7));
        reference.forget();
        watch.forget();
        player.click();
        const [zero, at] = await Promise.all([reference.seen(), watch.seen()].map((wait) => Promise.race([wait, delay(2000, undefined)])));
        if (zero === undefined || at === undefined) lost += 1;
        else {
          latencies.push(at - Math.min(zero, at));
          if (at <= zero) first += 1;
        }
      }
      await watch.stop();
      rows.push([name, ...[0.5, 0.9].map((q) => ms(quantile(latencies, q))), ms(Math.max(...latencies)), `${latencies.length}/${clicks}`, `${first}`]);
    };
    for (const frames of [128, 256, 512, 1024]) await measure(`naudiodon, ${frames} frames -> chunk`, watchNaudiodon(frames, env, stops));
    for (const latency of [1, 5, 10, 20, 40]) await measure(`parec --latency-msec=${latency} -> chunk`, watchCommand(parec(latency), env, stops));
    await measure("worker, naudiodon (ours: 256) -> OSC", await watchWorker(dir, "device:vjcable", env, stops));
    await measure("worker, parec 10 ms (ours) -> OSC", await watchWorker(dir, `command:${parec(10).join(" ")}`, env, stops));
    return { title: "Click in the sink -> seen (goal for naudiodon 256 -> chunk: p50 <= 7 ms, max <= 13 ms)", head: ["", "p50", "p90", "max", "seen", "before the reference"], rows };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** Waits for the first loud moment after `forget`. */
class Watch {
  /** @type {(at: number) => void} */
  #waiting = () => {};
  /** @type {number | undefined} */
  #at;
  /** @type {Promise<unknown>} */
  ready = Promise.resolve();
  /** @type {() => Promise<void>} */
  stop = async () => {};

  forget() {
    this.#at = undefined;
  }

  /** @param {number} at milliseconds */
  sawClick(at) {
    this.#at ??= at;
    this.#waiting(this.#at);
  }

  /** @returns {Promise<number>} */
  seen() {
    return this.#at === undefined ? new Promise((resolve) => (this.#waiting = resolve)) : Promise.resolve(this.#at);
  }
}

/** @param {[string, ...string[]]} line @param {NodeJS.ProcessEnv} env @param {Bench["stops"]} stops */
function watchCommand([command, ...args], env, stops) {
  const watch = new Watch();
  const child = start(command, args, { env, stops, stdio: ["ignore", "pipe", "ignore"] });
  const { stdout } = child;
  if (stdout === null) throw new Error(`${command} has no output`);
  watch.ready = once(stdout, "data");
  stdout.on("data", (chunk) => {
    if (isLoud(chunk)) watch.sawClick(now());
  });
  watch.stop = () => end(child);
  return watch;
}

/** @param {number} frames @param {NodeJS.ProcessEnv} env @param {Bench["stops"]} stops */
function watchNaudiodon(frames, env, stops) {
  const watch = new Watch();
  const child = start(process.execPath, [`${import.meta.dirname}/click-capture.mjs`, String(frames)], { env, stops, stdio: ["ignore", "ignore", "ignore", "ipc"] });
  watch.ready = once(child, "message");
  child.on("message", (at) => {
    if (typeof at === "number") watch.sawClick(at);
  });
  watch.stop = () => end(child);
  return watch;
}

/** @param {string} dir @param {string} source @param {NodeJS.ProcessEnv} env @param {Bench["stops"]} stops */
async function watchWorker(dir, source, env, stops) {
  const watch = new Watch();
  const receiver = await createReceiver();
  receiver.on("message", ({ address, args }) => {
    if (address === "/audio/levels" && Math.max(...args.map(Number)) > loud) watch.sawClick(now());
  });
  const own = { VJ_BUS_DIR: `${dir}/bus`, VJ_CONFIG_DIR: `${dir}/config`, VJ_OSC_TARGETS: `127.0.0.1:${receiver.port}`, VJ_AUDIO_SOURCE: source, VJ_SUPERVISED: "1" };
  const child = start(process.execPath, [worker], { env: { ...env, ...own }, stops, stdio: "ignore" });
  watch.ready = delay(5000);
  watch.stop = async () => {
    await end(child);
    await receiver.close();
  };
  return watch;
}

/** @param {string} dir @param {Bench["stops"]} stops */
async function soundServer(dir, stops) {
  mkdirSync(`${dir}/run`, { mode: 0o700 });
  mkdirSync(`${dir}/home`);
  writeFileSync(`${dir}/asound.conf`, 'pcm.vjcable { type pulse hint { show on description "VJ cable" } }\npcm.!default { type pulse hint { show on } }\n');
  const env = { ...process.env, XDG_RUNTIME_DIR: `${dir}/run`, HOME: `${dir}/home`, PULSE_SERVER: `unix:${dir}/run/pulse/native`, ALSA_CONFIG_PATH: `${dir}/asound.conf`, DBUS_SESSION_BUS_ADDRESS: "disabled:" };
  start("pulseaudio", ["-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "--use-pid-file=no", "-L", "module-native-protocol-unix", "-L", `module-null-sink sink_name=vj rate=${rate} channels=2`], { env, stops, stdio: "ignore" });
  for (;;) {
    try {
      execFileSync("pactl", ["info"], { env, stdio: "ignore" });
      return env;
    } catch {
      await delay(100);
    }
  }
}

/**
 * Plays silence, as fast as the sink takes it, and a click of 10 ms on request.
 * @param {NodeJS.ProcessEnv} env
 * @param {Bench["stops"]} stops
 */
async function startPlayer(env, stops) {
  const child = start("pacat", ["--playback", "--raw", "--format=float32le", `--rate=${rate}`, "--channels=2", "--latency-msec=20", "-d", "vj"], { env, stops, stdio: ["pipe", "ignore", "ignore"] });
  const { stdin } = child;
  if (stdin === null) throw new Error("pacat takes no input");
  const silence = Buffer.alloc((rate / 100) * frameBytes);
  const click = Buffer.from(Float32Array.from({ length: (rate / 100) * 2 }, (_, i) => (i % 80 < 40 ? 0.9 : -0.9)).buffer);
  let next = silence;
  const more = () => {
    let room = true;
    while (room) {
      room = stdin.write(next);
      next = silence;
    }
  };
  stdin.on("drain", more);
  more();
  await delay(1000);
  return { click: () => (next = click) };
}

/** @param {Buffer} chunk */
function isLoud(chunk) {
  for (let i = 0; i + 4 <= chunk.length; i += frameBytes) if (Math.abs(chunk.readFloatLE(i)) > loud) return true;
  return false;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Bench & { stdio: import("node:child_process").StdioOptions }} options
 */
function start(command, args, { env, stops, stdio }) {
  const child = spawn(command, args, { env, stdio });
  child.stdin?.on("error", () => {});
  stops.push(() => end(child));
  return child;
}

/** @param {import("node:child_process").ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

/** Milliseconds of the system's monotonic clock, the same in every process. */
function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}
