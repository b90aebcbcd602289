import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { logFolder } from "@vj/control";
import type { LastExit } from "@vj/worker";
import { compileCache } from "./compile-cache.ts";
import { openOutput } from "./output-file.ts";
import type { Output } from "./output-file.ts";
import type { WorkerProgram } from "./worker-package.ts";

/** Different for each process that a manager starts; its children inherit it. */
export const incarnationVariable = "VJ_INCARNATION";

/** A process that this manager started. */
export interface Child {
  readonly pid: number;
  /** Epoch milliseconds. */
  readonly bornAt: number;
  readonly output: Output;
  /** Its value of {@link incarnationVariable}. */
  readonly incarnation: string;
  /** Resolves when it has ended; never rejects. */
  readonly exited: Promise<ChildExit>;
}

/** How a child ended. A signal is never turned into a code. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** Variables with a folder, which may be relative to where the manager was started. */
const folderVariables = ["VJ_BUS_DIR", "VJ_CONFIG_DIR", "VJ_DATA_DIR", "VJ_CACHE_DIR"];

/** The folders of an environment as absolute paths, for a process that works in another folder. Pure but for the current folder. */
function absoluteFolders(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(folderVariables.flatMap((name) => (env[name] ? [[name, path.resolve(env[name])] as const] : [])));
}

/**
 * Starts a worker so that it outlives the manager: its own session, no pipe and no channel to us, output into
 * `logs/<worker>.out.log`. Its working directory is there too, because native libraries leave their crash files in it.
 * @param lastExit how the previous process ended
 * @throws Error when the process cannot be created.
 */
export function spawnWorker({ name, entry }: WorkerProgram, busDir: string, lastExit: LastExit | undefined): Child {
  const folder = logFolder(busDir);
  const output = openOutput(busDir, name);
  try {
    const bornAt = Date.now();
    const incarnation = randomUUID();
    const child = spawn(process.execPath, [entry], {
      cwd: folder,
      env: { ...process.env, ...absoluteFolders(process.env), ...compileCache(), VJ_SUPERVISED: "1", VJ_LAST_EXIT: lastExit ?? "", [incarnationVariable]: incarnation },
      detached: true,
      stdio: ["ignore", output.target, output.target],
    });
    const exited = new Promise<ChildExit>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
    // The missing pid shows the failure.
    child.once("error", () => {});
    const { pid } = child;
    if (pid === undefined) throw new Error(`could not start ${entry}`);
    child.unref();
    return { pid, bornAt, output, incarnation, exited };
  } finally {
    output.release();
  }
}
