/**
 * Why the rig could not be steered: `no_manager` there is no process manager · `no_answer` it does not answer · `refused` it refused ·
 * `unknown_worker` it knows no worker of that name · `not_started`, `not_ended` a process did not come, or go, in time.
 */
export type RigErrorCode = "no_manager" | "no_answer" | "refused" | "unknown_worker" | "not_started" | "not_ended";

/** An error for a person: what was wrong. The next step depends on who asks: a command line names a command, a screen a key. */
export class RigError extends Error {
  readonly code: RigErrorCode;
  /** More that helps, on a line of its own; undefined when there is nothing. */
  readonly hint: string | undefined;

  constructor(code: RigErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "RigError";
    this.code = code;
    this.hint = options.hint;
  }
}
