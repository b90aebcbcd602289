import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** How a process ended. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process of one test; killed with its whole group at the end of the scope when used with `await using`. */
export interface TestProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Resolves when it has ended. */
  readonly exited: Promise<ProcessExit>;
  /** Resolves with the match when the output matches; rejects when the process ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal?: NodeJS.Signals): Promise<ProcessExit>;
}

/** Limit of an orderly end, milliseconds. */
const orderlyEndMs = 5000;

/** Starts `node` with these arguments in a process group of its own. */
export function spawnNode(args: string[], env: Record<string, string> = {}): TestProcess {
  return spawnProcess(process.execPath, args, env);
}

/**
 * Starts a program in a process group of its own, with the given variables added to the environment. @param cwd working
 * directory; default: ours
 */
export function spawnProcess(command: string, args: string[], env: Record<string, string> = {}, cwd?: string): TestProcess {
  const child = spawn(command, args, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    cwd,
    env: { ...process.env, ...env },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`could not start ${command}`);
  let text = "";
  let ended = false;
  const watchers = new Set<() => void>();
  const take = (chunk: string): void => {
    text += chunk;
    for (const check of watchers) check();
  };
  child.stdout?.setEncoding("utf8").on("data", take);
  child.stderr?.setEncoding("utf8").on("data", take);
  const exited = once(child, "close").then(([code, signal]): ProcessExit => {
    ended = true;
    for (const check of watchers) check();
    return { code, signal };
  });

  const printed = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const match = pattern.exec(text);
        if (match === null && !ended) return;
        watchers.delete(check);
        if (match === null) reject(new Error(`ended without printing ${String(pattern)}; it printed:\n${text}`));
        else resolve(match);
      };
      watchers.add(check);
      check();
    });

  const kill = (signal: NodeJS.Signals = "SIGKILL"): Promise<ProcessExit> => {
    killGroup(pid, signal);
    return exited;
  };

  /** While V8 records what runs, the process ends in order: a killed one writes no record. */
  const end = async (): Promise<void> => {
    if (process.env["NODE_V8_COVERAGE"] !== undefined) {
      const patience = setTimeout(kill, orderlyEndMs);
      await kill("SIGTERM");
      clearTimeout(patience);
    }
    await kill();
  };

  return { child, pid, output: () => text, exited, printed, kill, [Symbol.asyncDispose]: end };
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
