import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { openRig } from "@vj/rig";
import { limits, managerName } from "@vj/schema";
import { RealRig } from "./rig.ts";
import { fitSlope } from "./slope.ts";

const sampleMs = 5000;
const pageBytes = 4096;

interface Track {
  readonly worker: string;
  readonly pid: number;
  /** Hours since the start, and the memory at that time. */
  readonly memoryMb: [number, number][];
  readonly descriptors: [number, number][];
  /** Event-loop lag p99 from the worker's heartbeats, ms. */
  readonly lagMs: number[];
}

export interface SoakOptions {
  minutes: number;
  /** Excluded from the slopes: caches fill and code is compiled. */
  warmUpMinutes: number;
  /** Ends the soak early; the report covers the time until then. */
  signal?: AbortSignal;
  print(line: string): void;
  /** Called with the part of the time that is over, 0–1. */
  progress?(done: number, doing: string): void;
}

/** Runs the rig at full rate and measures growth. @returns the lines of the report. */
export async function runSoak({ minutes, warmUpMinutes, signal, print, progress }: SoakOptions): Promise<string[]> {
  const rig = await RealRig.prepare();
  const bus = openRig({ busDir: rig.busDir, states: false });
  try {
    await rig.vj("up");
    const tracks = await Promise.all(
      [managerName, ...(await rig.enabledWorkers())].map(async (worker): Promise<Track> => {
        const { pid } = await rig.workerState(worker);
        return { worker, pid, memoryMb: [], descriptors: [], lagMs: [] };
      }),
    );
    bus.on("change", (_state, event) => {
      if (event.type !== "heartbeat") return;
      const lag = event.heartbeat.stats["loop_lag_ms_p99"];
      if (typeof lag === "number") tracks.find(({ worker }) => worker === event.name)?.lagMs.push(lag);
    });
    print(`warming up for ${warmUpMinutes} min, then ${minutes} min`);
    const whole = (warmUpMinutes + minutes) * 60_000;
    const warm = performance.now() + warmUpMinutes * 60_000;
    for (let left = warm - performance.now(); left > 0 && signal?.aborted !== true; left = warm - performance.now()) {
      progress?.((warmUpMinutes * 60_000 - left) / whole, "warming up");
      await pause(Math.min(sampleMs, left), signal);
    }

    const frames = (): number => rig.receiver.latest("/audio/levels")?.count ?? 0;
    const begun = performance.now();
    const framesBefore = frames();
    while (performance.now() - begun < minutes * 60_000 && signal?.aborted !== true) {
      await pause(sampleMs, signal);
      const hours = (performance.now() - begun) / 3_600_000;
      for (const track of tracks) sample(track, hours);
      progress?.((warmUpMinutes * 60_000 + performance.now() - begun) / whole, `${tracks.length} processes`);
    }
    const seconds = (performance.now() - begun) / 1000;
    const received = frames() - framesBefore;
    await rig.vj("down");
    if (tracks.every(({ memoryMb }) => memoryMb.length === 0)) return ["ended before anything was measured"];

    const rate = received / seconds;
    const driftMs = (received / limits.framesPerSecond - seconds) * 1000;
    return [
      `/audio/levels: ${rate.toFixed(3)} per second over ${Math.round(seconds)} s, drift ${driftMs.toFixed(0)} ms`,
      ...tracks.map(describe),
    ];
  } finally {
    await bus.close();
    await rig.remove();
  }
}

/** Waits, but only until the signal. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    if (signal?.aborted !== true) throw error;
  });
}

/** @throws Error when the process has ended: in a soak nothing may restart. */
function sample(track: Track, hours: number): void {
  const pages = Number(readFileSync(`/proc/${track.pid}/statm`, "utf8").split(" ")[1]);
  track.memoryMb.push([hours, (pages * pageBytes) / 1_048_576]);
  track.descriptors.push([hours, readdirSync(`/proc/${track.pid}/fd`).length]);
}

function describe({ worker, memoryMb, descriptors, lagMs }: Track): string {
  const memory = fitSlope(memoryMb);
  const files = fitSlope(descriptors);
  return [
    worker.padEnd(18),
    `${(memoryMb.at(-1)?.[1] ?? 0).toFixed(1)} MB`.padStart(9),
    `${memory.slope.toFixed(2)} ± ${memory.margin.toFixed(2)} MB/h`.padStart(22),
    `${descriptors.at(-1)?.[1] ?? 0} descriptors`.padStart(15),
    `${files.slope.toFixed(2)} ± ${files.margin.toFixed(2)} /h`.padStart(18),
    `lag p99 ${Math.max(0, ...lagMs).toFixed(1)} ms at worst`,
  ].join("  ");
}
