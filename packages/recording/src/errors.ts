import { CodedError } from "@vj/schema";

/**
 * `not_a_recording`: other bytes than MCAP, or nothing readable in it; `damaged`: the bytes contradict each other; `too_large`: a size beyond
 * {@link recordingLimits}; `unsupported`: valid, but not of a kind that is read here; `in_use`: another process is writing it; `aborted`: the caller cancelled it;
 * `misuse`: a call that the documentation excludes.
 */
export type RecordingErrorCode = "not_a_recording" | "damaged" | "too_large" | "unsupported" | "in_use" | "aborted" | "misuse";

/** A fault of a recording, for a person; `aborted` has the signal's reason as its cause. */
export class RecordingError extends CodedError<RecordingErrorCode> {
  override readonly name: string = "RecordingError";
}
