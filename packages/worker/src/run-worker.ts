import { AlreadyRunningError, ControlError, isOutOfDescriptors, processTitle, watchLaunchers } from "@vj/control";
import { outliveTerminal } from "@vj/files";
import { messageOf, sanitizeText } from "@vj/schema";
import { endProcess } from "./end-process.ts";
import { processContext } from "./worker-context.ts";
import type { WorkerContext } from "./worker-context.ts";
import type { Worker } from "./worker.ts";

/** Exit codes of a worker process. */
export const exitCodes = { ok: 0, failed: 1, alreadyRunning: 3, usage: 64 } as const;

// The supervisor kills 5 s after SIGTERM; a worker that hangs in its stop hook reports that before.
const stopLimitMs = 4500;

/**
 * Runs a worker as this process: title, signals, exit codes. The only place that installs signal handlers. A worker
 * started through `npx` or a similar runner, and not by a process manager, ends in order when the runner has ended. Never
 * returns: the process ends with the worker.
 * @param create makes the worker; it may pass the context of this process to its constructor
 */
export async function runWorker(create: (context: WorkerContext) => Worker): Promise<void> {
  outliveTerminal();
  outliveReaders();
  let worker: Worker | undefined;
  const fail = (error: unknown): void => {
    printLines(messageOf(error));
    endProcess(error instanceof AlreadyRunningError ? exitCodes.alreadyRunning : exitCodes.failed);
  };
  const crash = (error: unknown): void => {
    // The operation that needed the descriptor failed and is retried by its owner; everything else goes on.
    if (isOutOfDescriptors(error) && worker?.reportShortage(error) === true) return;
    worker?.reportCrash(error);
    printLines(error instanceof Error ? (error.stack ?? error.message) : String(error));
    endProcess(exitCodes.failed);
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
  try {
    worker = create(processContext());
    process.title = processTitle(worker.name, worker.busDir);
    installSignals(worker);
    await worker.start();
  } catch (error) {
    // A refusal of the bus is not a fault of the worker, and its message names the next step: one line is enough.
    if (!(error instanceof ControlError)) worker?.reportCrash(error);
    fail(error);
    return;
  }
  try {
    await worker.stopped;
    endProcess(exitCodes.ok);
  } catch (error) {
    fail(error);
  }
}

/** Goes on when standard output has lost its reader, as after `| head` or when the terminal has closed. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
    });
  }
}

/** An error may quote foreign text: a name in a file, an answer from the network. */
function printLines(text: string): void {
  for (const line of text.split("\n")) process.stderr.write(`${sanitizeText(line)}\n`);
}

function installSignals(worker: Worker): void {
  const stop = (): void => void worker.stop();
  void worker.stopping.then(() => {
    setTimeout(() => {
      worker.reportCrash(new Error(`did not stop within ${stopLimitMs} ms`));
      endProcess(exitCodes.failed);
    }, stopLimitMs);
  });
  // Never removed: code that saves a file also listens for signals, and ends the process when nobody else listens.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
  if (!worker.environment.supervised) watchLaunchers(stop);
}
