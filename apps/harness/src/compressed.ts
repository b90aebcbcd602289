import { mkdtempSync, readdirSync } from "node:fs";
import path from "node:path";
import { createAnalyzer, createDemoTrack } from "@vj/audio";
import type { AudioFrame } from "@vj/audio";
import { connect, serve } from "@vj/control";
import { limits } from "@vj/schema";
import { removeAfterUs } from "./after-us.ts";
import { removeRig } from "./remove-rig.ts";
import { fitSlope } from "./slope.ts";

const sampleRate = 44_100;

/** How a compressed run is followed and ended. */
export interface CompressedRun {
  /** Ends it; the report is about what was done until then. */
  readonly signal?: AbortSignal;
  print(line: string): void;
  /** Called with the part that is done, 0–1. */
  progress?(done: number, doing: string): void;
}

/** Minutes between two measurements of memory: at least six measurements, at most one per hour. */
function stepOf(minutes: number): number {
  return Math.max(1, Math.min(60, Math.floor(minutes / 6)));
}

const shownHours = (minutes: number): string => `${Number((minutes / 60).toFixed(2))} h`;

/**
 * Pushes music through the analyzer as fast as possible.
 * @param minutes of music, a whole number, at least 1
 * @returns the lines of the report
 */
export async function compressAudio(minutes: number, { print, progress, signal }: CompressedRun): Promise<string[]> {
  const track = createDemoTrack(sampleRate);
  const block = new Float32Array(sampleRate);
  let frames = 0;
  let senseless = 0;
  const analyzer = createAnalyzer({ sampleRate }, (frame) => {
    frames += 1;
    if (!isSane(frame)) senseless += 1;
  });
  const memory: [number, number][] = [];
  let position = 0;
  let done = 0;
  while (done < minutes) {
    const step = Math.min(stepOf(minutes), minutes - done);
    const begun = process.cpuUsage();
    for (let second = 0; second < step * 60 && signal?.aborted !== true; second += 1) {
      track.render(block, position % track.lengthSamples);
      analyzer.push(block);
      position += block.length;
      if (second % 30 > 0) continue;
      progress?.((done + second / 60) / minutes, `music, ${shownHours(done + second / 60)} of ${shownHours(minutes)}`);
      // Lets timers and signals run.
      await new Promise(setImmediate);
    }
    if (signal?.aborted === true) break;
    const used = process.cpuUsage(begun);
    done += step;
    const percent = (used.user + used.system) / 1e4 / (step * 60);
    const mb = process.memoryUsage.rss() / 1_048_576;
    memory.push([done / 60, mb]);
    print(`${shownHours(done)} of ${shownHours(minutes)}: ${percent.toFixed(2)} % of a core, ${mb.toFixed(1)} MB`);
  }
  if (memory.length === 0) return ["audio: ended before anything was measured"];
  // The first steps fill the heap to its working size.
  const grown = fitSlope(memory.slice(Math.min(2, memory.length - 1)));
  const drift = frames - Math.floor((position / sampleRate) * limits.framesPerSecond);
  return [
    `audio: ${shownHours(position / sampleRate / 60)}, ${frames} frames, ${drift} frames of drift, ${senseless} frames out of range`,
    `audio: memory ${grown.slope.toFixed(3)} ± ${grown.margin.toFixed(3)} MB per hour of music`,
  ];
}

function isSane(frame: AudioFrame): boolean {
  const units = [...frame.levels, frame.flux, frame.bpmConfidence, frame.phase, frame.barPhase, frame.energyFast, frame.brightness];
  return units.every((value) => value >= 0 && value <= 1) && frame.bpm >= 0 && frame.bpm <= 180;
}

/**
 * Sends the heartbeats, pings and reconnects of hours over real sockets, as fast as possible: seven workers' heartbeats
 * every 5 s, a ping a second, a reconnect a minute.
 * @param minutes whole, 1 at least
 * @returns the lines of the report
 */
export async function compressBus(minutes: number, { print, progress, signal }: CompressedRun): Promise<string[]> {
  const dir = mkdtempSync("/tmp/vj-z-");
  const isRemoved = removeAfterUs(dir);
  const workers = 7;
  const server = await serve({
    path: path.join(dir, "soak.sock"),
    onCommand: () => ({ type: "response", data: { status: "running", pid: process.pid } }),
  });
  const memory: [number, number][] = [];
  const descriptors: [number, number][] = [];
  let heartbeats = 0;
  let pings = 0;
  let reconnects = 0;
  let done = 0;
  while (done < minutes) {
    const step = Math.min(stepOf(minutes), minutes - done);
    for (let minute = 0; minute < step && signal?.aborted !== true; minute += 1) {
      const client = await connect(server.path, { reconnect: false });
      reconnects += 1;
      client.on("heartbeat", () => (heartbeats += 1));
      for (let second = 0; second < 60; second += 1) {
        if ((second * 1000) % limits.heartbeatMs === 0) {
          for (let worker = 0; worker < workers; worker += 1) {
            server.broadcast({ type: "heartbeat", worker: "soak", pid: 1, uptime_sec: second, stats: { fps: 60, rss_mb: 80 } });
          }
        }
        await client.request("get_state");
        pings += 1;
      }
      await client.close();
      progress?.((done + minute + 1) / minutes, `messages, ${shownHours(done + minute + 1)} of ${shownHours(minutes)}`);
    }
    if (signal?.aborted === true) break;
    done += step;
    memory.push([done / 60, process.memoryUsage.rss() / 1_048_576]);
    descriptors.push([done / 60, openDescriptors()]);
    print(`bus: ${shownHours(done)} of ${shownHours(minutes)}`);
  }
  await server.close();
  removeRig(dir);
  isRemoved();
  if (memory.length === 0) return ["bus: ended before anything was measured"];
  const grown = fitSlope(memory.slice(Math.min(2, memory.length - 1)));
  const files = fitSlope(descriptors);
  return [
    `bus: ${shownHours(done)}, ${heartbeats} heartbeats, ${pings} pings, ${reconnects} reconnects`,
    `bus: memory ${grown.slope.toFixed(3)} ± ${grown.margin.toFixed(3)} MB/h, descriptors ${files.slope.toFixed(3)} ± ${files.margin.toFixed(3)} /h`,
  ];
}

function openDescriptors(): number {
  return readdirSync("/proc/self/fd").length;
}
