import type { WorkerHealth } from "./health.ts";

/** Everything known about a whole rig. */
export interface RigFacts {
  readonly workers: Readonly<Record<string, WorkerHealth>>;
  readonly hasManager: boolean;
  /** Problems of the manager itself: worker packages that it cannot use. */
  readonly problems: readonly string[];
}

/** Health of the whole rig. Names are sorted. */
export interface RigHealth {
  readonly healthy: boolean;
  /** Nothing runs, and nothing is starting. */
  readonly idle: boolean;
  /** Number of workers that run and do their job. */
  readonly running: number;
  readonly total: number;
  /** Workers that are degraded or failed. */
  readonly troubled: readonly string[];
  readonly busy: readonly string[];
  /** Workers that are enabled but were stopped by a person. */
  readonly stoppedByYou: readonly string[];
}

/** Judges the whole rig. Healthy means: something runs, and every worker that runs or should run does its job. Pure. */
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
