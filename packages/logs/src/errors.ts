/** `unreadable`: the log is there but cannot be read. */
export type LogErrorCode = "unreadable";

/** A log that cannot be read; the message gives the reason. */
export class LogError extends Error {
  readonly code: LogErrorCode;

  constructor(code: LogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LogError";
    this.code = code;
  }
}
