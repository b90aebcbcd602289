import { CodedError } from "@vj/schema";

/** `source`: a text is not an audio source; `file`: a file cannot be read, decoded or analysed; `aborted`: the caller cancelled it. */
export type SoundErrorCode = "source" | "file" | "aborted";

/** Sound that cannot be had; the message gives the fault and, unless the caller cancelled it, the next step. */
export class SoundError extends CodedError<SoundErrorCode> {
  override readonly name: string = "SoundError";
}

/** @throws SoundError `aborted` when the signal has been aborted; its cause is the signal's reason. @param what the call */
export function refuseAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted === true) throw new SoundError("aborted", `${what} was aborted`, { cause: signal.reason });
}
