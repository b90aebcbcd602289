import { createClient } from "@vj/control";
import { managerName } from "@vj/schema";
import type { Heartbeat, Register } from "@vj/schema";

/** The line to the process manager. It may be away: then it is told when it comes. */
export interface Registration {
  /** Passes a heartbeat on, if the manager is there. */
  heartbeat(message: Heartbeat): void;
  close(): void;
}

/** Registers with the process manager now, and again whenever it comes back. */
export function register(busDir: string, announce: () => { register: Register; heartbeat: Heartbeat }): Registration {
  const client = createClient(managerName, { busDir });
  client.on("connect", () => {
    const { register: registration, heartbeat } = announce();
    client.send(registration);
    client.send(heartbeat);
  });
  return {
    heartbeat: (message) => void client.send(message),
    close: () => client.close(),
  };
}
