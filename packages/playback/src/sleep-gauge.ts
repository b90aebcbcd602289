import { uptime } from "node:os";

/** Clocks in ms. */
export interface SleepClocks {
  /** The time of day, which a person or a time server may set. */
  readonly day: () => number;
  /** Since the machine was started, with the time that it slept. */
  readonly machine: () => number;
  /** Of the process, which stands still while the machine sleeps. */
  readonly process: () => number;
}

const systemClocks: SleepClocks = { day: Date.now, machine: () => uptime() * 1000, process: () => performance.now() };

/** The clock of the machine may count whole seconds. */
const coarseMs = 2000;

/**
 * A function that returns how long the machine slept since its last call, ms; 0 when it did not, also when the time of day
 * was set meanwhile. Sleep of less than two seconds is not noticed.
 */
export function createSleepGauge(clocks: SleepClocks = systemClocks): () => number {
  const read = (): { machine: number; day: number } => {
    const awake = clocks.process();
    return { machine: clocks.machine() - awake, day: clocks.day() - awake };
  };
  let before = read();
  return () => {
    const now = read();
    const [slept, exactly] = [now.machine - before.machine, now.day - before.day];
    before = now;
    if (slept < coarseMs) return 0;
    return Math.abs(exactly - slept) < coarseMs ? exactly : slept;
  };
}
