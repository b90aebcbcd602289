import path from "node:path";
import { defaultTargets } from "@vj/schema";
import type { OscTable } from "@vj/schema";
import { createTelemetry } from "@vj/telemetry";
import type { Telemetry } from "@vj/telemetry";
import type { ReportedCondition } from "./condition-clock.ts";
import type { WorkerEnvironment } from "./environment.ts";
import type { Logger } from "./logger.ts";
import { watchTargets } from "./targets-file.ts";
import type { TargetsWatch } from "./targets-file.ts";

/** The telemetry of one worker, which follows its targets. */
export interface WorkerTelemetry<T extends OscTable> {
  readonly telemetry: Telemetry<T>;
  /** Sends to the targets from now on: those of the environment, otherwise those of `targets.json`, also after changes. */
  follow(): void;
  /** The fault of `targets.json`; undefined while there is none, or nothing is sent. */
  fault(): ReportedCondition | undefined;
  close(): Promise<void>;
}

export function openTelemetry<T extends OscTable>(table: T | undefined, environment: WorkerEnvironment, log: Logger): WorkerTelemetry<T> {
  const telemetry = createTelemetry({ table, targets: [], onProblem: (problem) => log.warn(problem) });
  const file = path.join(environment.configDir, "targets.json");
  let problem: string | undefined;
  let watch: TargetsWatch | undefined;
  return {
    telemetry,
    follow() {
      telemetry.setTargets(environment.targets ?? defaultTargets);
      if (environment.targets !== undefined) return;
      watch = watchTargets(
        file,
        (targets) => {
          problem = undefined;
          telemetry.setTargets(targets);
        },
        (found) => {
          problem = found;
          log.error(found);
        },
      );
    },
    fault() {
      if (problem === undefined || Object.keys(table ?? {}).length === 0) return undefined;
      return { level: "degraded", text: problem, todo: `correct ${file}` };
    },
    async close() {
      await watch?.close();
      await telemetry.close();
    },
  };
}
