/** Exit codes of `vj`, part of its contract with programs. */
export const exitCodes = {
  ok: 0,
  /** It did not work, or (`status`) the rig is degraded. */
  failed: 1,
  /** No process manager is running. */
  noManager: 2,
  /** The command line is invalid. */
  usage: 64,
} as const;

/** An error for a person: the fault and the next step. */
export class CliError extends Error {
  readonly hint: string | undefined;
  readonly exitCode: number;

  constructor(message: string, options: { hint?: string; exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "CliError";
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? exitCodes.failed;
  }
}
