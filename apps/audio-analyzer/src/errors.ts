import { CodedError } from "@vj/schema";

/** `source`: a text is not an audio source; `file`: a file cannot be read, decoded or analysed. */
export type SoundErrorCode = "source" | "file";

/** Sound that cannot be had; the message gives the fault and the next step. */
export class SoundError extends CodedError<SoundErrorCode> {
  override readonly name: string = "SoundError";
}
