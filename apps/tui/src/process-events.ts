const endSignals = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"] as const;

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
  /** Gives the terminal back: the process is about to be stopped. */
  suspend(): void;
  /** The shell continued the process, and may have drawn over its picture. */
  resume(): void;
  /** The terminal went away: nothing can be written any more. */
  lost(): void;
}

/** The duties, taken over. */
export interface TerminalGuard {
  /** Stops a process, or a whole group, as ctrl-z does; `resume` is called when it goes on. @param pid 0: our own group */
  stopUntilContinued(pid: number): void;
  unguard(): void;
}

/** How long a stop by the system may take to come into force, milliseconds. */
const stopMs = 50;

/** Takes over these duties. */
export function guardTerminal({ leave, suspend, resume, lost }: TerminalDuties): TerminalGuard {
  let guarding = true;
  const onStop = (): void => {
    suspend();
    stopUntilContinued(process.pid);
  };
  const stopUntilContinued = (pid: number): void => {
    // Without a handler of ours, so that the signal does what it does to any program.
    process.off("SIGTSTP", onStop);
    process.kill(pid, "SIGTSTP");
    // Runs when the shell lets us go on; at once where there is no shell that could stop us.
    setTimeout(() => {
      if (!guarding) return;
      process.on("SIGTSTP", onStop);
      resume();
    }, stopMs);
  };
  process.on("exit", leave);
  process.on("uncaughtExceptionMonitor", leave);
  process.on("SIGTSTP", onStop);
  process.on("SIGCONT", resume);
  process.stdout.on("error", lost);
  return {
    stopUntilContinued,
    unguard() {
      guarding = false;
      process.off("exit", leave);
      process.off("uncaughtExceptionMonitor", leave);
      process.off("SIGTSTP", onStop);
      process.off("SIGCONT", resume);
      // A fault of the very last bytes is told a moment after they were written.
      setImmediate(() => process.stdout.off("error", lost));
    },
  };
}
