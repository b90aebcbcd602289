import { readdirSync } from "node:fs";
import { ControlError, checkLogFolder } from "@vj/control";
import { isProcessName } from "@vj/schema";

/** Which logs of a bus are read. */
export interface LogSelection {
  readonly busDir: string;
  /** Of this process alone; default: of all. */
  readonly source?: string | undefined;
  /** Also what came out of the processes besides their logs (crashes, native libraries), `<worker>.out.log`; default false. */
  readonly printed?: boolean | undefined;
}

/** A worker's own log, and what it printed besides. */
const logName = /^(?<source>[a-z0-9_]+)(?<out>\.out)?\.log$/;

/** The process whose log a file is; undefined for other files, such as older logs. */
export function sourceOf(file: string): string | undefined {
  const source = logName.exec(file)?.groups?.["source"];
  return source !== undefined && isProcessName(source) ? source : undefined;
}

/**
 * Names of the logs in use, in alphabetic order; none when there is no log folder yet.
 * @throws ControlError `directory` when others could have put them there.
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
