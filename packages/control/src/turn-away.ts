import type { Socket } from "node:net";
import { encodeReply, errorMessage } from "./frame.ts";

/** Connections beyond the limit of clients that may wait for their refusal. */
export const refusalsAtOnce = 32;

/** A client has this long to send its command, which is not read: a connection that is closed before loses the refusal as well. */
const lingerMs = 1000;

/** Tells a client that it is one too many, and closes: without a word it would take the process for one that died. */
export function turnAway(socket: Socket, maxClients: number): void {
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  // The client may be gone already.
  socket.on("error", () => socket.destroy()).on("close", () => clearTimeout(timer));
  const refusal = errorMessage(`it serves ${maxClients} clients already, as many as it can; close programs that hold connections, then try again`, "busy");
  socket.end(encodeReply(refusal, "this connection"));
  socket.resume();
}
