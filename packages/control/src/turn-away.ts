import type { Socket } from "node:net";
import { encodeReply, errorMessage } from "./frame.ts";

/** Connections beyond the limit of clients that may wait for their refusal. */
export const refusalsAtOnce = 32;

/** Time for a client to send its command, ms. The command is not read, but closing before it arrives would lose the refusal too. */
const lingerMs = 1000;

/** Refuses a client beyond the limit with the reason, and closes: a client without a reason would take the process for dead. */
export function turnAway(socket: Socket, maxClients: number): void {
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  // The client may be gone already.
  socket.on("error", () => socket.destroy()).on("close", () => clearTimeout(timer));
  const refusal = errorMessage(`it serves ${maxClients} clients already, as many as it can; close programs that hold connections, then try again`, "busy");
  socket.end(encodeReply(refusal, "this connection"));
  socket.resume();
}
