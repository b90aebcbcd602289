/** Why no session was joined: `aborted` the caller cancelled it · `udp` the port of the group cannot be opened. `cause` has the reason. */
export type LinkErrorCode = "aborted" | "udp";

/** An error of joining a session; the message gives the fault and the next step. */
export class LinkError extends Error {
  readonly code: LinkErrorCode;

  constructor(code: LinkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LinkError";
    this.code = code;
  }
}
