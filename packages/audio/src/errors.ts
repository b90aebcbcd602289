/** `range`: an argument or a setting is outside its range. */
export type AudioErrorCode = "range";

/** A value that the analysis cannot use; the message contains the value and the range. */
export class AudioError extends RangeError {
  readonly code: AudioErrorCode;

  constructor(code: AudioErrorCode, message: string) {
    super(message);
    this.name = "AudioError";
    this.code = code;
  }
}
