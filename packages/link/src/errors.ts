import { CodedError } from "@vj/schema";

/** Why no session was joined: `aborted` the caller cancelled it · `udp` the port of the group cannot be opened. `cause` has the reason. */
export type LinkErrorCode = "aborted" | "udp";

/** An error of joining a session; the message gives the fault and the next step. */
export class LinkError extends CodedError<LinkErrorCode> {
  override readonly name: string = "LinkError";
}
