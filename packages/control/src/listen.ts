import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import path from "node:path";
import { bindSocket } from "./bind-socket.ts";
import type { BoundSocket } from "./bind-socket.ts";
import { ensureBusDir } from "./bus-dir.ts";
import { claimName } from "./claim-name.ts";
import type { NameClaim } from "./claim-name.ts";
import { ControlError } from "./errors.ts";

/** A server whose socket file is in place. */
export interface Listening {
  readonly server: Server;
  readonly bound: BoundSocket;
  /** Claim on the name, held until the server closes. */
  readonly claim: NameClaim;
}

export interface ListenOptions {
  readonly file: string;
  /** Clients beyond these are turned away without being accepted. */
  readonly maxConnections: number;
  accept(socket: Socket): void;
  /** Reports a fault that the server survives. */
  report(fault: ControlError): void;
}

/**
 * Makes the bus directory, takes the name, and listens.
 * @throws AlreadyRunningError, ControlError `directory` or `path`; then nothing is left behind.
 */
export async function startListening({ file, maxConnections, accept, report }: ListenOptions): Promise<Listening> {
  const dir = path.dirname(file);
  ensureBusDir(dir);
  const claim = await claimName(dir, path.basename(file, ".sock"));
  const server = createServer({ allowHalfOpen: false }, accept);
  server.maxConnections = maxConnections;
  server.on("drop", () => report(new ControlError("full", `more than ${maxConnections} connections: the newest was turned away`)));
  try {
    const bound = await bindSocket(server, file);
    // For example when no descriptor is left for another client: connected clients are still served.
    server.on("error", (error) => report(new ControlError("full", `cannot take a client: ${error.message}`, { cause: error })));
    return { server, bound, claim };
  } catch (error) {
    server.close();
    claim.release();
    throw error;
  }
}
