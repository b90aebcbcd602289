import { ownFolders } from "@vj/files";
import { folderFault } from "@vj/files";
import { limits, logLevels, messageOf, parseTargets, shorten } from "@vj/schema";
import type { LogLevel, Target } from "@vj/schema";
import { lastExits } from "./start-record.ts";
import type { LastExit } from "./start-record.ts";
import { WorkerError } from "./errors.ts";

/** A long path is shortened to this many characters. */
const shownPath = 200;

/** The environment variables of every worker. */
export interface WorkerEnvironment {
  /** `<worker>.json`, `targets.json`, secrets. */
  configDir: string;
  /** Data that costs time or money to recreate. */
  dataDir: string;
  /** Data that can be recreated. */
  cacheDir: string;
  /** Telemetry targets of `VJ_OSC_TARGETS`, if set. */
  targets: Target[] | undefined;
  logLevel: LogLevel;
  /** The process manager started it: it writes only its log file and prints nothing. */
  supervised: boolean;
  /** How the previous process ended, if the process manager reports it. */
  lastExit: LastExit | undefined;
}

/**
 * Reads `VJ_CONFIG_DIR`, `VJ_DATA_DIR`, `VJ_CACHE_DIR`, `VJ_OSC_TARGETS`, `VJ_LOG_LEVEL`, `VJ_SUPERVISED`
 * and `VJ_LAST_EXIT`.
 * @throws WorkerError `environment`, that names the invalid variable.
 */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): WorkerEnvironment {
  return {
    ...ownFolders(env),
    targets: env["VJ_OSC_TARGETS"] ? readTargets(env["VJ_OSC_TARGETS"]) : undefined,
    logLevel: readLogLevel(env["VJ_LOG_LEVEL"]),
    supervised: env["VJ_SUPERVISED"] === "1",
    lastExit: lastExits.find((known) => known === env["VJ_LAST_EXIT"]),
  };
}

/** Why data cannot be kept in its directories, a line for each, with the next step. The worker runs all the same. */
export function folderProblems({ dataDir, cacheDir }: Pick<WorkerEnvironment, "dataDir" | "cacheDir">): string[] {
  const folders = [["VJ_DATA_DIR", dataDir], ["VJ_CACHE_DIR", cacheDir]] as const;
  return folders.flatMap(([variable, dir]) => {
    const fault = folderFault(dir);
    return fault === undefined ? [] : [`nothing can be kept in ${shorten(dir, shownPath)}, which ${shorten(fault, 2 * shownPath)}; set ${variable} to a directory that can be written`];
  });
}

function readTargets(value: string): Target[] {
  try {
    return parseTargets(value);
  } catch (error) {
    throw new WorkerError("environment", `VJ_OSC_TARGETS: ${messageOf(error)}`, { cause: error });
  }
}

function readLogLevel(value: string | undefined): LogLevel {
  if (value === undefined || value === "") return "info";
  const level = logLevels.find((known) => known === value.toLowerCase());
  if (level === undefined) throw new WorkerError("environment", `VJ_LOG_LEVEL is "${shorten(value, limits.nameCharacters)}": use one of ${logLevels.join(", ")}`);
  return level;
}
