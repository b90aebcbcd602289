import { busDir } from "@vj/control";
import { joinBus } from "./bus-presence.ts";
import type { JoinBus } from "./bus-presence.ts";
import { readEnvironment } from "./environment.ts";
import type { WorkerEnvironment } from "./environment.ts";

/** What a worker takes from the process it lives in. */
export interface WorkerContext {
  readonly environment: WorkerEnvironment;
  /** Where sockets and logs are. */
  readonly busDir: string;
  /** Shows log lines to a person; undefined where the log file is enough. */
  readonly print: ((line: string) => void) | undefined;
  /** How the worker takes its name on the bus. */
  readonly joinBus: JoinBus;
}

/** The context of this process, from its environment variables. @throws Error naming a variable that cannot be read. */
export function processContext(): WorkerContext {
  const environment = readEnvironment();
  return {
    environment,
    busDir: busDir(),
    print: environment.supervised ? undefined : (line) => process.stderr.write(`${line}\n`),
    joinBus,
  };
}
