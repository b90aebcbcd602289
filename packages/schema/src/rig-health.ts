import type { WorkerHealth } from "./health.ts";

/** What is known of a whole rig. */
export interface RigFacts {
  readonly workers: Readonly<Record<string, WorkerHealth>>;
  readonly hasManager: boolean;
  /** What the manager reports about itself: worker packages that it cannot use. */
  readonly problems: readonly string[];
}

/** How the whole rig is. Names are sorted. */
export interface RigHealth {
  readonly healthy: boolean;
  /** Nothing runs, and nothing is on its way. */
  readonly idle: boolean;
  /** Workers that run and do their job, of all. */
  readonly running: number;
  readonly total: number;
  /** Workers that are degraded or failed. */
  readonly troubled: readonly string[];
  readonly busy: readonly string[];
  /** Workers that would run, had a person not stopped them. */
  readonly stoppedByYou: readonly string[];
}

/** Judges the whole rig. Healthy means: something runs, and whatever runs or should run does its job. Pure. */
export function rigHealth({ workers, hasManager, problems }: RigFacts): RigHealth {
  const names = Object.keys(workers).sort();
  const having = (...levels: WorkerHealth["level"][]): string[] => names.filter((name) => levels.some((level) => workers[name]?.level === level));
  const idle = having("off").length === names.length;
  const troubled = having("degraded", "failed");
  const busy = having("busy");
  return {
    healthy: hasManager && !idle && troubled.length + busy.length + problems.length === 0,
    idle,
    running: having("ok").length,
    total: names.length,
    troubled,
    busy,
    stoppedByYou: names.filter((name) => workers[name]?.word === "stopped by you"),
  };
}
