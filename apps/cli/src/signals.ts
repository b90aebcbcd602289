const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Ctrl-C reaches a whole process group, and package runners pass it on: signals within this time, ms, are one request. */
const echoMs = 1000;

/**
 * A signal that aborts when the process is asked to end, for commands that run until then. A second, later request ends
 * the process at once.
 */
export function interrupted(): AbortSignal {
  const controller = new AbortController();
  let askedAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    askedAt ??= performance.now();
    controller.abort();
    if (signal !== "SIGHUP" && performance.now() - askedAt > echoMs) process.exit(130);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return controller.signal;
}
