import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, isIPv6 } from "node:net";
import type { PortProtocol } from "./owner.ts";

/** Ports tried above the taken one. */
const tries = 50;

/** The next free port above `port` on this machine; undefined when there is none near. Never throws. */
export async function nextFreePort(protocol: PortProtocol, port: number): Promise<number | undefined> {
  for (let next = port + 1; next <= Math.min(port + tries, 65_535); next += 1) if (await isPortFree(protocol, next)) return next;
  return undefined;
}

/**
 * Whether a port of this machine is free for us: neither taken, nor one that needs more rights. Never throws.
 * @param address numeric address of this machine on which it is to be free
 */
export async function isPortFree(protocol: PortProtocol, port: number, address = "127.0.0.1"): Promise<boolean> {
  const [socket, begin] = protocol === "udp" ? udp(port, address) : tcp(port, address);
  try {
    const open = once(socket, "listening");
    begin();
    await open;
    return true;
  } catch {
    // Taken, or not allowed: in both cases not free for us.
    return false;
  } finally {
    socket.close();
  }
}

type Opening = readonly [socket: NodeJS.EventEmitter & { close(): unknown }, begin: () => void];

function udp(port: number, address: string): Opening {
  const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
  return [socket, () => void socket.bind(port, address)];
}

function tcp(port: number, address: string): Opening {
  const server = createServer();
  return [server, () => void server.listen(port, address)];
}
