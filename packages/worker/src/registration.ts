import { createClient, socketPath } from "@vj/control";
import { managerName, protocolVersion } from "@vj/schema";
import type { Heartbeat, OscTable, Register } from "@vj/schema";
import type { Identity } from "./pulse.ts";

/** Connection to the process manager. If it is not running, we register as soon as it connects. */
export interface Registration {
  /** Passes a heartbeat on if the manager is connected. */
  heartbeat(message: Heartbeat): void;
  close(): Promise<void>;
}

/** The registering worker, and its registration message. */
export interface Registrant {
  readonly busDir: string;
  readonly identity: Identity;
  readonly osc: OscTable;
}

/** Registers with the process manager now, and again after each reconnection; a heartbeat follows at once. */
export function register(registrant: Registrant, heartbeat: () => Heartbeat): Registration {
  const client = createClient(managerName, { busDir: registrant.busDir });
  client.on("connect", () => {
    client.send(registration(registrant));
    client.send(heartbeat());
  });
  return {
    heartbeat: (message) => void client.send(message),
    close: () => client.close(),
  };
}

function registration({ busDir, identity, osc }: Registrant): Register {
  return {
    type: "register",
    worker: identity.name,
    pid: process.pid,
    socket_path: socketPath(identity.name, busDir),
    osc_addresses: Object.keys(osc),
    protocol: protocolVersion,
    instance_id: identity.instanceId,
  };
}
