import { ControlError } from "./errors.ts";

/** The error of an operation that its caller cancelled. @param what the operation */
export function aborted(what: string, signal: AbortSignal): ControlError {
  return new ControlError("aborted", `${what} was aborted`, { cause: signal.reason });
}

/**
 * Waits until the result is there or the signal aborts.
 * @param start is not called when the signal has been aborted already
 * @throws ControlError `aborted`
 */
export async function untilAborted<T>(signal: AbortSignal, what: string, start: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw aborted(what, signal);
  let abort = (): void => {};
  const called = new Promise<never>((_resolve, reject) => {
    abort = () => reject(aborted(what, signal));
  });
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([start(), called]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
