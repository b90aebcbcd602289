import { AlreadyRunningError, isOutOfDescriptors, messageOf, processTitle, watchLaunchers } from "@vj/control";
import { sanitizeText } from "@vj/schema";
import { endProcess } from "./end-process.ts";
import { processContext } from "./worker-context.ts";
import type { WorkerContext } from "./worker-context.ts";
import type { Worker } from "./worker.ts";

/** Exit codes of a worker process. */
export const exitCodes = { ok: 0, failed: 1, alreadyRunning: 3, usage: 64 } as const;

// The supervisor kills 5 s after SIGTERM; a worker that hangs in its stop hook says so before that.
const stopLimitMs = 4500;

/**
 * Runs a worker as this process: title, signals, exit codes. The only place that installs signal handlers. One that was
 * started through `npx` or its like, and by no process manager, ends in order when that has ended.
 * Never returns: the process ends with the worker.
 * @param create makes the worker; the context of this process may be passed on to its constructor
 */
export async function runWorker(create: (context: WorkerContext) => Worker): Promise<void> {
  let worker: Worker | undefined;
  const fail = (error: unknown): void => {
    printLines(messageOf(error));
    endProcess(error instanceof AlreadyRunningError ? exitCodes.alreadyRunning : exitCodes.failed);
  };
  const crash = (error: unknown): void => {
    // What needed the descriptor has failed, and is tried again by its owner; everything else goes on.
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
    if (!(error instanceof AlreadyRunningError)) worker?.reportCrash(error);
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

/** An error may quote what others wrote: a name in a file, an answer from the network. */
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
  // Kept for good: what saves a file listens for signals meanwhile, and ends the process when nobody else listens any more.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
  if (!worker.environment.supervised) watchLaunchers(stop, false);
}
