import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { once } from "node:events";

/** A numeric address of a host, and its family. */
export interface ResolvedHost {
  readonly address: string;
  readonly family: number;
}

/** The part of a socket from `openSocket` that an outlet uses. */
export interface ConnectedSocket {
  /** Bytes that the kernel has not taken yet. */
  getSendQueueSize(): number;
  /** Our end of the socket. */
  address(): { readonly port: number };
  send(bytes: Uint8Array, callback: (error: Error | null) => void): void;
  on(event: "error", listener: (error: Error) => void): unknown;
  close(callback?: () => void): unknown;
}

/**
 * Resolves a name. IPv4 is preferred: visual programs rarely listen on `::1`, which `localhost` may resolve to.
 * @throws the error of the resolver.
 */
export function resolveHost(host: string): Promise<ResolvedHost> {
  return lookup(host, { verbatim: false });
}

/** Whether a numeric address is this machine alone. */
export function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}

/**
 * Opens a UDP socket on an ephemeral port, connected to one receiver. A connected socket reports when nothing listens,
 * receives only this peer's packets, and sends at a third less cost.
 * @throws the error of the system when there is no route to the receiver or this machine lacks the address family.
 */
export async function openSocket({ address, family }: ResolvedHost, port: number): Promise<ConnectedSocket> {
  const socket = createSocket(family === 6 ? "udp6" : "udp4");
  try {
    const listening = once(socket, "listening");
    socket.bind(0);
    await listening;
    if (family === 4) socket.setBroadcast(true);
    const connected = once(socket, "connect");
    socket.connect(port, address);
    await connected;
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}
