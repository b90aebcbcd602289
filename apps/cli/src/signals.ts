const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Takes over the signals that ask a process to end.
 * @param onAsk called at the first; a second one ends the process at once.
 * @returns the undo.
 */
export function onInterrupt(onAsk: (signal: NodeJS.Signals) => void): () => void {
  let asked = false;
  const handle = (signal: NodeJS.Signals): void => {
    // A closing terminal sends its signal and breaks the output as well: that is one request, not two.
    if (asked && signal !== "SIGHUP") process.exit(130);
    if (!asked) onAsk(signal);
    asked = true;
  };
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}

/** A signal that aborts when the process is asked to end. For commands that run until then. */
export function interrupted(): AbortSignal {
  const controller = new AbortController();
  onInterrupt(() => controller.abort());
  return controller.signal;
}
