// Cost of one analyzer's telemetry to 32 targets of different shapes, presets and rates, beside one target, and beside the system
// calls alone: the same datagrams, sent by bare sockets.
import { fork } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createAnalyzer, createDemoTrack, createOscillators, createSmoothLevels, outputRate } from "@vj/audio";
import { audioOsc, resolveTarget, targetInputSchema, targetPresetNames } from "@vj/schema";
import { Outlet, createTelemetry } from "@vj/telemetry";
import { median, percent } from "../scripts/report.mjs";
import { runs } from "./session.mjs";

const sampleRate = 44_100;
const step = sampleRate / outputRate;
/** Frames rendered before anything is sent; played in turn. */
const recordedFrames = 30 * outputRate;
const warmSeconds = runs(2, 1);
const seconds = runs(6, 1);
const rounds = runs(3, 1);
const targetCount = 32;

/** Keys of the targets beside name and port; every preset comes first, then what else a target can have, as far as there is room. */
const kinds = [
  ...targetPresetNames.map((preset) => ({ preset })),
  { shape: "flat", prefix: "/vj" },
  { shape: "flat", rate: 30 },
  { shape: "flat", rate: 10, on_change: true },
  { shape: "flat", safe: true },
  { shape: "flat", only: ["/audio/hit/*", "/audio/beat/*"] },
  { shape: "flat", not: ["/audio/spectrum/*"], text: "ascii" },
  { shape: "flat", rename: [{ from: "/audio/level/*", to: "/layer/*" }] },
  { shape: "packed", rate: 30 },
  { shape: "packed", safe: true },
  { shape: "packed", prefix: "/stage" },
  { shape: "packed", only: ["/audio/beat", "/audio/levels"] },
  { shape: "packed", on_change: true, text: "ascii" },
  { shape: "synesthesia", rate: 20 },
  { shape: "synesthesia", prefix: "/vj", safe: true },
  { shape: "textler", rate: 25 },
];

/** @returns {Promise<import("../scripts/report.mjs").Table>} */
export async function targetsCost() {
  const frames = recordFrames();
  const { ports, close } = await openSinks();
  const targets = targetsAt(ports);
  /** @type {Record<"one" | "many" | "bare", number[]>} */
  const loads = { one: [], many: [], bare: [] };
  const datagrams = await recordDatagrams(targets, frames);
  for (let round = 0; round < rounds; round++) {
    loads.one.push(await loadOf(targets.slice(0, 1), frames));
    loads.many.push(await loadOf(targets, frames));
    loads.bare.push(await bareLoad(ports, datagrams));
  }
  close();
  const [one, many, bare] = [median(loads.one), median(loads.many), median(loads.bare)];
  return {
    title: `Telemetry of the analyzer, of one core (goal: 32 targets < 5 % beyond one)`,
    head: ["", "1 target", "32 targets", "beyond one", `bare sockets, ${Math.round(datagrams.flat().length / seconds)}/s`],
    rows: [["packed, flat, synesthesia, textler; all presets", percent(one), percent(many), percent(many - one), percent(bare)]],
  };
}

/** Percent of a core of the same telemetry to so many targets, each. @param {readonly number[]} counts 32 at most @returns {Promise<number[]>} */
export async function targetLoads(counts) {
  const frames = recordFrames();
  const { ports, close } = await openSinks();
  const targets = targetsAt(ports);
  const loads = [];
  for (const count of counts) loads.push(await loadOf(targets.slice(0, count), frames));
  close();
  return loads;
}

/** @param {readonly number[]} ports */
const targetsAt = (ports) => kinds.slice(0, targetCount).map((keys, index) => resolveTarget(targetInputSchema.parse({ name: `target ${index}`, port: ports[index], ...keys })));

/** The messages of each frame of the demo track. */
function recordFrames() {
  const track = createDemoTrack(sampleRate);
  const hop = new Float32Array(step);
  const oscillators = createOscillators();
  const smooth = createSmoothLevels();
  /** @type {[keyof typeof audioOsc, number[]][][]} */
  const frames = [];
  const analyzer = createAnalyzer({ sampleRate }, (frame) => {
    smooth.update(frame);
    oscillators.update(frame);
    frames.push([
      ["/audio/beat", [frame.beat, frame.flux]],
      ["/audio/onset", [frame.kick, frame.snare, frame.hat]],
      ["/audio/levels", [...frame.levels]],
      ["/audio/energy", [frame.energyFast, frame.energySlow]],
      ["/audio/smooth", [...smooth.values]],
      ["/audio/phase", [frame.phase, frame.barPhase, frame.beatInBar]],
      ["/audio/osc", [...oscillators.values]],
      ["/audio/pitch", [frame.pitchHz, frame.pitchConfidence]],
      ["/audio/spectrum", [...frame.spectrum]],
      ...(frames.length % 6 === 0 ? [/** @type {[keyof typeof audioOsc, number[]]} */ (["/audio/structure", [frame.buildup, frame.drop, frame.trend, frame.brightness]])] : []),
      ...(frames.length % outputRate === 0 ? [/** @type {[keyof typeof audioOsc, number[]]} */ (["/audio/bpm", [frame.bpm, frame.bpmConfidence]])] : []),
    ]);
  });
  for (let at = 0; frames.length < recordedFrames; at += step) {
    track.render(hop, at);
    analyzer.push(hop, 0, step);
  }
  return frames;
}

/**
 * @param {readonly import("@vj/schema").Target[]} targets
 * @param {ReturnType<typeof recordFrames>} frames
 */
async function sending(targets, frames) {
  const telemetry = createTelemetry({ table: audioOsc, targets });
  await telemetry.settled();
  const send = (/** @type {number} */ index) => {
    for (const [address, values] of frames[index % frames.length] ?? []) telemetry.send(address, values);
  };
  return { send, close: () => telemetry.close() };
}

/**
 * @param {readonly import("@vj/schema").Target[]} targets
 * @param {ReturnType<typeof recordFrames>} frames
 */
async function loadOf(targets, frames) {
  const { send, close } = await sending(targets, frames);
  await playing(warmSeconds, send);
  const load = await loadWhile(() => playing(seconds, send));
  await close();
  return load;
}

/**
 * What goes out after each frame, and to which target.
 * @param {readonly import("@vj/schema").Target[]} targets
 * @param {ReturnType<typeof recordFrames>} frames
 */
async function recordDatagrams(targets, frames) {
  /** @type {{ outlet: object, bytes: Uint8Array }[][]} */
  const sent = [];
  const original = Outlet.prototype.send;
  Outlet.prototype.send = function send(bytes) {
    sent.at(-1)?.push({ outlet: this, bytes });
  };
  const { send, close } = await sending(targets, frames);
  await playing(seconds, (index) => {
    sent.push([]);
    send(index);
  });
  await close();
  Outlet.prototype.send = original;
  const outlets = [...new Set(sent.flat().map(({ outlet }) => outlet))];
  return sent.map((frame) => frame.map(({ outlet, bytes }) => ({ target: outlets.indexOf(outlet), bytes })));
}

/** @param {readonly number[]} ports @param {Awaited<ReturnType<typeof recordDatagrams>>} datagrams */
async function bareLoad(ports, datagrams) {
  const sockets = await Promise.all(ports.map(async (port) => {
    const socket = createSocket("udp4");
    const connected = once(socket, "connect");
    socket.connect(port, "127.0.0.1");
    await connected;
    return socket;
  }));
  const send = (/** @type {number} */ index) => {
    for (const { target, bytes } of datagrams[index % datagrams.length] ?? []) sockets[target]?.send(bytes, () => {});
  };
  await playing(1, send);
  const load = await loadWhile(() => playing(seconds, send));
  for (const socket of sockets) socket.close();
  return load;
}

/** Percent of a core that this process uses meanwhile. @param {() => Promise<void>} run */
async function loadWhile(run) {
  const start = performance.now();
  const cpu = process.cpuUsage();
  await run();
  const used = process.cpuUsage(cpu);
  return (used.user + used.system) / 10 / (performance.now() - start);
}

/** Calls for each frame, in real time. @param {number} duration seconds @param {(index: number) => void} onFrame */
function playing(duration, onFrame) {
  const start = performance.now();
  const last = duration * outputRate;
  return new Promise((/** @type {(value?: void) => void} */ resolve) => {
    let index = 0;
    const tick = () => {
      for (; index < Math.min(last, ((performance.now() - start) * outputRate) / 1000); index++) onFrame(index);
      if (index >= last) resolve();
      else setTimeout(tick, Math.max(0, start + (index * 1000) / outputRate - performance.now()));
    };
    tick();
  });
}

/** A process that receives, so that its cost is not ours. */
async function openSinks() {
  const child = fork(`${import.meta.dirname}/osc-sinks.mjs`, [String(targetCount)]);
  /** @type {number[]} */
  const ports = [];
  await new Promise((/** @type {(value?: void) => void} */ resolve) => {
    child.on("message", (port) => {
      ports.push(Number(port));
      if (ports.length === targetCount) resolve();
    });
  });
  return { ports, close: () => child.kill() };
}
