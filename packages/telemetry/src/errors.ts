import { CodedError } from "@vj/contract";

/**
 * Why telemetry cannot be sent or received:
 * `port_taken` another program has the UDP port · `denied` missing rights · `no_address` this machine does not have the
 * address · `udp` another fault of the socket · `full` too many subscriptions · `refused` the worker does not send, or does not
 * answer · `closed` the connection has ended.
 */
export type TelemetryErrorCode = "port_taken" | "denied" | "no_address" | "udp" | "full" | "refused" | "closed";

/** An error of telemetry; the message gives the fault and the next step. */
export class TelemetryError extends CodedError<TelemetryErrorCode> {
  override readonly name: string = "TelemetryError";
}
