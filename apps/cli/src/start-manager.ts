import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { busDir, logFolder } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { readEnd } from "@vj/files";
import { openOutput } from "@vj/process-manager/output";
import { startManager as startWith } from "@vj/rig/manager";
import type { LaunchedManager } from "@vj/rig/manager";
import { managerName } from "@vj/schema";

/** More than the last lines have. */
const lastBytes = 8192;
/** What it printed is in the file this soon. */
const outputMs = 250;

/** How a process manager is started. */
export interface StartOptions {
  /** Workers to start by themselves; left out: all that are switched on. */
  readonly only?: readonly string[] | undefined;
  /** The user's package, whose direct dependencies may be workers; left out: the one that the manager remembers. */
  readonly project?: string | undefined;
}

/**
 * Starts a process manager that outlives this process: a session of its own, output into `logs/process_manager.out.log`.
 * @returns the connection to it, or to that of a faster starter. @throws RigError with what it printed when it ends at once.
 */
export function startManager({ only, project }: StartOptions = {}): Promise<ControlClient> {
  const args = [...(only === undefined ? [] : ["--only", only.join(",")]), ...(project === undefined ? [] : ["--project", project])];
  return startWith(busDir(), () => launch(args));
}

function launch(args: readonly string[]): LaunchedManager {
  const output = openOutput(busDir(), managerName);
  try {
    const child = spawn(process.execPath, [managerProgram(), ...args], {
      detached: true,
      stdio: ["ignore", output.target, output.target],
      // It writes its own log file; what it prints besides would only repeat that.
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
        const file = path.join(logFolder(busDir()), `${managerName}.out.log`);
        return readEnd(file, lastBytes)?.trim().split("\n").slice(-3).join(" ") ?? "it printed nothing";
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
