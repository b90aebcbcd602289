import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { busDir, logFolder } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { folderFault } from "@vj/files";
import { readLog } from "@vj/logs";
import { openOutput } from "@vj/process-manager/output";
import type { Output } from "@vj/process-manager/output";
import { startManager as startWith } from "@vj/rig/manager";
import type { LaunchedManager } from "@vj/rig/manager";
import { managerName, messageOf } from "@vj/schema";

/** At most so many bytes of its output are read: more than its last lines have. */
const lastBytes = 8192;
/** Its output is in the file within this time, ms. */
const outputMs = 250;

/** Options for the start of a process manager. */
export interface StartOptions {
  /** Workers to start automatically; left out: all enabled ones. */
  readonly only?: readonly string[] | undefined;
  /** The user's package, whose direct dependencies may be workers; left out: the one that the manager has saved. */
  readonly project?: string | undefined;
}

/**
 * Starts a process manager that outlives this process: its own session, output into `logs/process_manager.out.log`.
 * @returns the connection to it, or to that of a faster starter. @throws RigError with its output when it ends at once.
 */
export function startManager({ only, project }: StartOptions = {}): Promise<ControlClient> {
  const args = [...(only === undefined ? [] : ["--only", only.join(",")]), ...(project === undefined ? [] : ["--project", project])];
  return startWith(() => launch(args));
}

function launch(args: readonly string[]): LaunchedManager {
  const output = openOutput(busDir(), managerName);
  try {
    const child = spawn(process.execPath, [managerProgram(), ...args], {
      detached: true,
      stdio: ["ignore", output.target, output.target],
      // It writes its own log file; its printed output would only repeat that.
      env: { ...process.env, VJ_SUPERVISED: "1" },
    });
    child.unref();
    let how: string | undefined;
    child.on("error", (error) => (how = error.message));
    child.on("exit", (code, signal) => (how = signal ?? `exit code ${code}`));
    return {
      ended: () => how,
      lastWords: async () => {
        await output.finished(outputMs);
        return lastPrinted(busDir(), output);
      },
    };
  } finally {
    output.release();
  }
}

function managerProgram(): string {
  const manifest = fileURLToPath(import.meta.resolve("@vj/process-manager/package.json"));
  return path.join(path.dirname(manifest), "bin", "process-manager.js");
}

/** The last lines that a manager printed, or why there are none. What an earlier manager printed into the same file is left out. */
export function lastPrinted(dir: string, { mark, problem }: Pick<Output, "mark" | "problem">): string {
  if (mark === undefined) return `its output is not kept: ${problem ?? "the reason is unknown"}`;
  try {
    const printed = readLog(dir, `${managerName}.out.log`, { bytes: lastBytes, since: mark }).map(({ line }) => line);
    const fault = folderFault(logFolder(dir));
    return printed.slice(-3).join(" ").trim() || (fault === undefined ? "it printed nothing" : `${logFolder(dir)} ${fault}`);
  } catch (error) {
    return `its output cannot be read: ${messageOf(error)}`;
  }
}
