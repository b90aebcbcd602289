const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Ctrl-C reaches a whole process group, and package runners pass it on: signals within this time, ms, are one request. */
const echoMs = 1000;

/** Exit code of a command that a person interrupted, as a shell has it. */
export const interruptedCode = 130;

/**
 * A signal that aborts when the process is asked to end, for commands that run until then. A second, later request ends
 * the process at once.
 * @param onFirst called at the first request, for example to say that the end takes a moment
 */
export function interrupted(onFirst?: () => void): AbortSignal {
  const controller = new AbortController();
  let askedAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (askedAt === undefined) {
      askedAt = performance.now();
      onFirst?.();
      controller.abort();
    } else if (signal !== "SIGHUP" && performance.now() - askedAt > echoMs) process.exit(interruptedCode);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return controller.signal;
}
