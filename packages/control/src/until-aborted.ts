import { ControlError } from "./errors.ts";

/** The error of something that its caller called off. @param what it was */
export function aborted(what: string, signal: AbortSignal): ControlError {
  return new ControlError("aborted", `${what} was aborted`, { cause: signal.reason });
}

/**
 * Waits as long as the signal allows.
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
