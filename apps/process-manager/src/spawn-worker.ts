import { createWriteStream } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { lastLines, lastWords } from "./last-words.ts";
import { logFolder, openOutput } from "./output-file.ts";
import type { WorkerProgram } from "./worker-package.ts";

/** A process that this manager started. */
export interface Child {
  readonly pid: number;
  /** Resolves when it has ended; never rejects. */
  readonly exited: Promise<ChildExit>;
}

/** How a child ended. A signal is never folded into a code. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly lastWords: string | undefined;
  readonly lines: readonly string[];
}

/**
 * Starts a worker so that it outlives the manager: a session of its own, no pipe and no channel to us, output into
 * `logs/<worker>.out.log`, working directory there too, since native libraries leave their crash files in it.
 * @throws Error when the process cannot be created.
 */
export function spawnWorker({ name, entry }: WorkerProgram, busDir: string): Child {
  const folder = logFolder(busDir);
  const outputFile = path.join(folder, `${name}.out.log`);
  const { fd, size } = openOutput(outputFile);
  // The child gets the descriptor itself; nothing ever passes through this stream, which only owns it on our side.
  const output = createWriteStream("", { fd });
  try {
    const bornAt = Date.now();
    const child = execa(process.execPath, [entry], {
      cwd: folder,
      env: { VJ_SUPERVISED: "1" },
      detached: true,
      cleanup: false,
      buffer: false,
      stdin: "ignore",
      stdout: output,
      stderr: output,
      reject: false,
    });
    const { pid } = child;
    if (pid === undefined) throw new Error(`could not start ${entry}`);
    child.unref();
    const exited = child.then((result): ChildExit => {
      const [code, signal] = [result.exitCode ?? null, result.signal ?? null];
      const query = { logFile: path.join(folder, `${name}.log`), bornAt, output: { file: outputFile, start: size } };
      return { code, signal, lastWords: mayExplain(code, signal) ? lastWords(query) : undefined, lines: lastLines(query) };
    });
    return { pid, exited };
  } finally {
    output.destroy();
  }
}

/** Who is killed from outside has not said why. */
function mayExplain(code: number | null, signal: string | null): boolean {
  return signal === null ? code !== 0 : !["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"].includes(signal);
}
