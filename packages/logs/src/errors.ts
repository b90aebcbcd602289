import { CodedError } from "@vj/schema";

/** `unreadable`: the log is there but cannot be read. */
export type LogErrorCode = "unreadable";

/** A log that cannot be read; the message gives the reason. */
export class LogError extends CodedError<LogErrorCode> {
  override readonly name: string = "LogError";
}
