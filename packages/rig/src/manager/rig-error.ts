import { CodedError } from "@vj/schema";

/**
 * Why an operation on the rig failed: `no_manager` there is no process manager · `no_answer` it does not answer ·
 * `bad_answer` its answer has another form ·
 * `refused` it refused · `unknown_worker` it has no worker of that name · `not_started`, `not_ended` a process did not
 * start, or end, in time.
 */
export type RigErrorCode = "no_manager" | "no_answer" | "bad_answer" | "refused" | "unknown_worker" | "not_started" | "not_ended";

/** An error for a person. The caller adds the next step: a command line names a command, a screen a key. */
export class RigError extends CodedError<RigErrorCode> {
  override readonly name: string = "RigError";
  /** A further line that helps; undefined when there is none. */
  readonly hint: string | undefined;

  constructor(code: RigErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(code, message, { cause: options.cause });
    this.hint = options.hint;
  }
}
