const endSignals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** Calls `end` when this process shall end. @returns the undo */
export function onEndSignal(end: () => void): () => void {
  for (const signal of endSignals) process.on(signal, end);
  return () => {
    for (const signal of endSignals) process.off(signal, end);
  };
}

/** What a program that has the terminal must do for others. */
export interface TerminalDuties {
  /** Gives the terminal back: the process ends, or is about to say why it crashed. */
  leave(): void;
  /** The shell continued the process, and may have drawn over its picture. */
  resume(): void;
  /** The terminal went away: nothing can be written any more. */
  lost(): void;
}

/** Takes over these duties. @returns the undo */
export function onTerminalEvents({ leave, resume, lost }: TerminalDuties): () => void {
  process.on("exit", leave);
  process.on("uncaughtExceptionMonitor", leave);
  process.on("SIGCONT", resume);
  process.stdout.on("error", lost);
  return () => {
    process.off("exit", leave);
    process.off("uncaughtExceptionMonitor", leave);
    process.off("SIGCONT", resume);
    // A fault of the very last bytes is told a moment after they were written.
    setImmediate(() => process.stdout.off("error", lost));
  };
}
