import { systemErrorCode } from "@vj/files";
import { CodedError, messageOf } from "@vj/schema";

/**
 * Why a control operation failed: `directory` the bus directory is unsafe · `path` no usable socket path · `running`
 * another process owns the name · `not_found` no such socket · `refused` its owner is dead · `denied` no permission ·
 * `timeout` no answer in time · `closed` the connection ended · `frame` bytes that are not a message · `arguments` a
 * reserved name for an argument · `aborted` the caller cancelled it · `overflow` the peer does not read · `full` too many
 * connections · `failed` a message could not be handled · `processes` the system does not list its processes.
 */
export type ControlErrorCode =
  | "directory"
  | "path"
  | "running"
  | "not_found"
  | "refused"
  | "denied"
  | "timeout"
  | "closed"
  | "frame"
  | "arguments"
  | "aborted"
  | "overflow"
  | "full"
  | "failed"
  | "processes";

/** An error of the control plane; the message names the fault and, where there is one, the next step. */
export class ControlError extends CodedError<ControlErrorCode> {
  override readonly name: string = "ControlError";
}

/** Another live process owns the name. */
export class AlreadyRunningError extends ControlError {
  override readonly name: string = "AlreadyRunningError";
  /** Its pid, if known. */
  readonly pid: number | undefined;

  constructor(name: string, pid: number | undefined) {
    super("running", `${name} is already running (pid ${pid ?? "unknown"})`);
    this.pid = pid;
  }
}

export { systemErrorCode };

/** Whether an error or its cause means that this process or the system has no descriptors left. */
export function isOutOfDescriptors(error: unknown): boolean {
  const code = systemErrorCode(error);
  if (code === "EMFILE" || code === "ENFILE") return true;
  return error instanceof Error && error.cause !== undefined && isOutOfDescriptors(error.cause);
}

/** Converts an error of `net.connect` to a ControlError with a readable message. */
export function connectError(path: string, error: unknown): ControlError {
  const options = { cause: error };
  switch (systemErrorCode(error)) {
    case "ENOENT":
      return new ControlError("not_found", `nothing listens at ${path}: the process is not running`, options);
    case "ECONNREFUSED":
      return new ControlError("refused", `${path} is left over from a process that died`, options);
    case "EACCES":
    case "EPERM":
      return new ControlError("denied", `${path} belongs to another user`, options);
    case "ENOTSOCK":
      return new ControlError("path", `${path} is not a socket`, options);
    default:
      return new ControlError("closed", `cannot connect to ${path}: ${messageOf(error)}`, options);
  }
}
