/**
 * Why there is no answer: `offline` the service could not be reached, `timeout` not in time, `cut` the connection ended
 * within the answer, `too_large` longer than allowed, `cancelled` by the caller's signal.
 */
export type HttpFault = "offline" | "timeout" | "cut" | "too_large" | "cancelled";

/** A request without a complete answer. An answer of any status is not an error. */
export class HttpError extends Error {
  readonly code: HttpFault;

  constructor(code: HttpFault, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "HttpError";
    this.code = code;
  }
}
