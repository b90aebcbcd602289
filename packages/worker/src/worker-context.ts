import { busDir } from "@vj/control";
import { joinBus } from "./bus-presence.ts";
import type { JoinBus } from "./bus-presence.ts";
import { readEnvironment } from "./environment.ts";
import type { WorkerEnvironment } from "./environment.ts";

/** A worker's input from its process. */
export interface WorkerContext {
  readonly environment: WorkerEnvironment;
  /** Folder of sockets and logs. */
  readonly busDir: string;
  /** Shows log lines to a person; undefined where the log file is enough. */
  readonly print: ((line: string) => void) | undefined;
  /** Claims the worker's name on the bus. */
  readonly joinBus: JoinBus;
}

/** The context of this process, from its environment variables. @throws WorkerError `environment`, that names the invalid variable. */
export function processContext(): WorkerContext {
  const environment = readEnvironment();
  return {
    environment,
    busDir: busDir(),
    print: environment.supervised ? undefined : (line) => process.stderr.write(`${line}\n`),
    joinBus,
  };
}
