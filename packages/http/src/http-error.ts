import { CodedError } from "@vj/schema";

/**
 * Why there is no answer: `offline` the service could not be reached, `timeout` not in time, `cut` the connection ended
 * before the answer did, `too_large` longer than allowed, `redirected` to another address where that is not allowed,
 * `cancelled` by the caller's signal.
 */
export type HttpFault = "offline" | "timeout" | "cut" | "too_large" | "redirected" | "cancelled";

/** A request without a complete answer. An answer of any status is not an error. */
export class HttpError extends CodedError<HttpFault> {
  override readonly name: string = "HttpError";
}
