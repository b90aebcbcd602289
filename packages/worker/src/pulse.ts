import { limits, messageOf, protocolVersion, shorten } from "@vj/schema";
import type { Condition, Heartbeat } from "@vj/schema";
import { monitorProcess } from "./process-stats.ts";
import type { ProcessMonitor } from "./process-stats.ts";

/** Identity of a process on the bus. */
export interface Identity {
  readonly name: string;
  /** New for each process. */
  readonly instanceId: string;
}

/** The heartbeat of one process: its contents and its timing. */
export class Pulse {
  readonly #identity: Identity;
  readonly #stats: () => Record<string, unknown>;
  readonly #condition: () => Condition | undefined;
  readonly #bornAt = performance.now();
  #monitor: ProcessMonitor | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param stats the worker's own part, @param condition whether it does its job, never throws; both called at each heartbeat */
  constructor(identity: Identity, stats: () => Record<string, unknown>, condition: () => Condition | undefined = () => undefined) {
    this.#identity = identity;
    this.#stats = stats;
    this.#condition = condition;
  }

  /** Seconds since this process started. */
  get uptimeSec(): number {
    return Math.round(performance.now() - this.#bornAt) / 1000;
  }

  /** Sends a heartbeat every 5 s until `stop`. */
  start(beat: (heartbeat: Heartbeat) => void): void {
    this.#monitor = monitorProcess();
    this.#timer = setInterval(() => beat(this.heartbeat()), limits.heartbeatMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#monitor?.stop();
    this.#monitor = undefined;
  }

  /** The current heartbeat. Load is measured since the previous one. Never throws, even if the worker's own part does. */
  heartbeat(): Heartbeat {
    const condition = this.#condition();
    return {
      type: "heartbeat",
      worker: this.#identity.name,
      pid: process.pid,
      uptime_sec: this.uptimeSec,
      protocol: protocolVersion,
      instance_id: this.#identity.instanceId,
      stats: { ...this.#monitor?.sample(), ...this.#ownStats() },
      ...(condition === undefined ? {} : { condition }),
    };
  }

  #ownStats(): Record<string, unknown> {
    try {
      const stats = this.#stats();
      const bytes = Buffer.byteLength(JSON.stringify(stats));
      if (bytes <= limits.statsBytes) return stats;
      return { problem: `the stats have ${bytes} bytes, ${limits.statsBytes} are allowed` };
    } catch (error) {
      return { problem: shorten(`getStats failed: ${messageOf(error)}`) };
    }
  }
}
