import type { Socket } from "node:net";
import { encodeReply, errorMessage } from "./frame.ts";

/** Connections beyond the limit of clients that may wait for their refusal. */
export const refusalsAtOnce = 32;

/** Tells a client that it is one too many, and closes: without a word it would take the process for one that died. */
export function turnAway(socket: Socket, maxClients: number): void {
  // The client may be gone already.
  socket.on("error", () => socket.destroy());
  const refusal = errorMessage(`it serves ${maxClients} clients already, as many as it can; close programs that hold connections, then try again`, "busy");
  socket.end(encodeReply(refusal, "this connection"), () => socket.destroy());
}
