const endSignals = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"] as const;

/** Calls `end` when this process is asked to end. @returns a function that removes the handlers */
export function onEndSignal(end: () => void): () => void {
  for (const signal of endSignals) process.on(signal, end);
  return () => {
    for (const signal of endSignals) process.off(signal, end);
  };
}

/** The duties of a program that has taken over the terminal. */
export interface TerminalDuties {
  /** Restore the terminal: the process ends, or is about to print why it crashed. */
  leave(): void;
  /** Restore the terminal: the process is about to be stopped. */
  suspend(): void;
  /** The process was continued, after {@link suspend} or without it (SIGSTOP): the shell may have set its own modes and drawn over its picture. */
  resume(): void;
  /** The terminal is gone: nothing can be written any more. */
  lost(): void;
}

/** The result of taking over these duties. */
export interface TerminalGuard {
  /** Stops a process, or a whole group, as ctrl-z does; `resume` is called when it continues. @param pid 0: our own group */
  stopUntilContinued(pid: number): void;
  unguard(): void;
}

/** Longest delay until a stop by the system takes effect, milliseconds. */
const stopMs = 50;

/** Takes over these duties. */
export function guardTerminal({ leave, suspend, resume, lost }: TerminalDuties): TerminalGuard {
  let guarding = true;
  let stopping = false;
  const goOn = (): void => {
    stopping = false;
    resume();
  };
  const onStop = (): void => {
    suspend();
    stopUntilContinued(process.pid);
  };
  const stopUntilContinued = (pid: number): void => {
    // Without our handler, so that the signal has its usual effect.
    process.off("SIGTSTP", onStop);
    stopping = true;
    process.kill(pid, "SIGTSTP");
    // Runs when the shell continues us; at once where no shell can stop us, and then no signal says that we go on.
    setTimeout(() => {
      if (!guarding) return;
      process.on("SIGTSTP", onStop);
      if (stopping) goOn();
    }, stopMs);
  };
  process.on("exit", leave);
  process.on("uncaughtExceptionMonitor", leave);
  process.on("SIGTSTP", onStop);
  process.on("SIGCONT", goOn);
  process.stdout.on("error", lost);
  return {
    stopUntilContinued,
    unguard() {
      guarding = false;
      process.off("exit", leave);
      process.off("uncaughtExceptionMonitor", leave);
      process.off("SIGTSTP", onStop);
      process.off("SIGCONT", goOn);
      // A fault of the last bytes is reported shortly after they were written.
      setImmediate(() => process.stdout.off("error", lost));
    },
  };
}
