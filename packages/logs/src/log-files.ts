import { readdirSync } from "node:fs";
import { ControlError, checkLogFolder } from "@vj/control";
import { isProcessName } from "@vj/schema";

/** Selects the logs of a bus. */
export interface LogSelection {
  readonly busDir: string;
  /** Only logs of this process; default: of all. */
  readonly source?: string | undefined;
  /** Also read the output of the processes outside their logs (crashes, native libraries), `<worker>.out.log`; default false. */
  readonly printed?: boolean | undefined;
}

/** A worker's own log, or its other output. */
const logName = /^(?<source>[a-z0-9_]+)(?<out>\.out)?\.log$/;

/** The process that a log file belongs to; undefined for other files, such as rotated logs. */
export function sourceOf(file: string): string | undefined {
  const source = logName.exec(file)?.groups?.["source"];
  return source !== undefined && isProcessName(source) ? source : undefined;
}

/**
 * Names of the current logs, in alphabetic order; empty when there is no log folder yet.
 * @throws ControlError `directory` when other users could have put them there.
 */
export function listLogs({ busDir, source, printed = false }: LogSelection): string[] {
  try {
    return readdirSync(checkLogFolder(busDir))
      .filter((file) => {
        const owner = sourceOf(file);
        return owner !== undefined && (source === undefined || owner === source) && (printed || file === `${owner}.log`);
      })
      .toSorted();
  } catch (error) {
    if (error instanceof ControlError && error.code === "not_found") return [];
    throw error;
  }
}
