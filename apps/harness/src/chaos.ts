import { messageOf } from "@vj/schema";
import { faultsNamed } from "./faults/index.ts";
import type { FaultContext } from "./faults/fault.ts";
import { mountSmallDisk } from "./faults/files.ts";
import { clockVariables } from "./faults/screen-and-network.ts";
import { Incidents } from "./incidents.ts";
import { checkInvariants, watchTelemetry } from "./invariants.ts";
import type { Acknowledged } from "./invariants.ts";
import { killRig, rigProcesses } from "./processes.ts";
import { createRandom } from "./random.ts";
import type { FaultRecord } from "./report.ts";
import { RealRig, until } from "./rig.ts";

export interface ChaosOptions {
  /** Number of faults to inject. */
  faults: number;
  /** Repeats the same choices. */
  seed: number;
  /** Only the kind of fault of this name; if there is none, the kinds whose name contains it. */
  only?: string;
  /** Ends the run after the current fault; the results so far are returned. */
  signal?: AbortSignal;
  /** Called with one line per fault and per violation. */
  print(line: string): void;
  /** Called before each fault with the part that is over, 0–1. */
  progress?(done: number, doing: string): void;
}

/** The results of a run. */
export interface ChaosResult {
  records: FaultRecord[];
  /** Each with the number of the preceding fault. */
  violations: string[];
}

/**
 * Runs the real rig on a music file, injects faults chosen by the seed (each kind once, then at random), and checks after
 * each that everything works again without help.
 */
export async function runChaos({ faults: count, seed, only = "", signal, print, progress }: ChaosOptions): Promise<ChaosResult> {
  const faults = faultsNamed(only);
  if (faults.length === 0) throw new Error(`no kind of fault is called "${only}"`);
  const random = createRandom(seed);
  const rig = await RealRig.prepare(clockVariables);
  mountSmallDisk(rig);
  const violations: string[] = [];
  const records = faults.map((fault): FaultRecord => {
    const unavailable = fault.unavailable?.(rig);
    return { name: fault.name, recoveries: [], violations: 0, ...(unavailable === undefined ? {} : { unavailable }) };
  });
  const possible = faults.filter((_, i) => records[i]?.unavailable === undefined);
  try {
    await rig.vj("up");
    const workers = await rig.enabledWorkers();
    const acknowledged: Acknowledged = new Map();
    const context: FaultContext = { rig, random, workers, acknowledged, incidents: new Incidents() };
    await checkInvariants(rig, workers, acknowledged);
    print(`${workers.length} workers, ${count} faults, seed ${seed}`);

    for (let number = 1; number <= count && signal?.aborted !== true; number += 1) {
      const fault = possible[number - 1] ?? random.pick(possible);
      const record = records.find(({ name }) => name === fault.name);
      progress?.((number - 1) / count, `${number}/${count} ${fault.name}`);
      try {
        await changeSetting(context, number);
        const playedOn = watchTelemetry(rig);
        const took = await fault.run(context);
        await playedOn();
        await checkInvariants(rig, workers, acknowledged);
        record?.recoveries.push(took);
        print(`${number}/${count} ${fault.name}: ${Math.round(took)} ms`);
      } catch (error) {
        if (record !== undefined) record.violations += 1;
        const violation = `${number}/${count} ${fault.name}: ${messageOf(error)}`;
        violations.push(violation);
        print(`VIOLATION ${violation}`);
        await repair(rig);
      }
    }

    await rig.vj("down");
    try {
      await until("nothing is left over", () => nothingLeft(rig), 10_000);
    } catch (error) {
      violations.push(messageOf(error));
    }
  } finally {
    await rig.remove();
  }
  return { records, violations };
}

/** Settings to change during the run, and their values in turn. */
const changeable: readonly { worker: string; key: string; values: readonly unknown[] }[] = [
  { worker: "audio_analyzer", key: "smoothing", values: [0.2, 0.4, 0.5, 0.6] },
  { worker: "audio_analyzer", key: "beat_offset_ms", values: [0, 20, -20, 40] },
  { worker: "spotify_monitor", key: "poll_interval", values: [2, 3, 4, 5] },
  { worker: "osc_debugger", key: "logging_enabled", values: [true, false] },
];

async function changeSetting({ rig, random, acknowledged }: FaultContext, number: number): Promise<void> {
  const { worker, key, values } = random.pick(changeable);
  const value = values[number % values.length];
  const reply = await rig.request(worker, "set_config", { [key]: value });
  if (!reply.success) throw new Error(`${worker} refused ${key}=${String(value)}: ${reply.message ?? ""}`);
  acknowledged.set(worker, { ...acknowledged.get(worker), [key]: value });
}

/** After a violation the rig may be in any state: restart it, as a human would. */
async function repair(rig: RealRig): Promise<void> {
  rig.restoreMusic();
  try {
    await rig.vj("up");
  } catch {
    killRig(rig.busDir);
    await rig.vj("up");
  }
}

function nothingLeft(rig: RealRig): void {
  const left = rigProcesses(rig.busDir);
  if (left.length > 0) throw new Error(left.map(({ pid, name, command }) => `${pid} ${name ?? command}`).join(", "));
}
