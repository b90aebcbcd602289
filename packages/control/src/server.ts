import type { Socket } from "node:net";
import { RateLimit, limits, messageOf } from "@vj/schema";
import type { Heartbeat } from "@vj/schema";
import type { Connection } from "./connection.ts";
import { clientsWithin, descriptorLimit } from "./descriptor-limit.ts";
import { ControlError } from "./errors.ts";
import { encodeHeartbeat } from "./frame.ts";
import { startListening } from "./listen.ts";
import { servePeer } from "./serve-peer.ts";
import type { Peer, PeerHandlers } from "./serve-peer.ts";
import { checkSocketPath } from "./socket-path.ts";
import { processTraffic } from "./traffic.ts";
import type { Traffic } from "./traffic.ts";
import { refusalsAtOnce, turnAway } from "./turn-away.ts";

export type { Peer, ReplyMessage } from "./serve-peer.ts";

/** What a server listens on, and its limits. */
export interface ServeOptions extends PeerHandlers {
  /** The socket to listen on; its directory is created and checked. */
  path: string;
  /**
   * Clients served at once; further ones are turned away. Default: as many as the process's limit of descriptors allows,
   * at most 2,000.
   */
  maxClients?: number;
  /** Limits shared with other connections; default: those of the process. */
  traffic?: Traffic;
  /**
   * A fault worth a log line; the server goes on. Rate-limited per code: the first at once, then one per 10 s with the
   * number suppressed.
   */
  onProblem?(problem: ControlError): void;
  /** Another process took the name while the socket was gone: this one must end. */
  onLost?(error: ControlError): void;
}

/** A listening control socket. */
export interface ControlServer extends AsyncDisposable {
  readonly path: string;
  readonly connections: number;
  /** Whether the next client is turned away. */
  readonly full: boolean;
  /** Sends to every peer that passes `filter`, encoding once. Stats that cannot be sent are left out. */
  broadcast(message: Heartbeat, filter?: (peer: Peer) => boolean): void;
  /** Stops listening, ends all connections, deletes the socket file if it is still ours. */
  close(): Promise<void>;
}

/** Time for a peer to read its queue before the server closes anyway, ms. */
const endMs = 500;

/**
 * Listens for control connections. If the socket file or its directory vanishes, it listens again at the same path
 * within a second; open connections stay open.
 * @throws AlreadyRunningError, ControlError `directory` or `path`.
 */
export async function serve(options: ServeOptions): Promise<ControlServer> {
  const file = checkSocketPath(options.path);
  const traffic = options.traffic ?? processTraffic;
  const peers = new Map<Peer, Connection>();
  const problems = new RateLimit(limits.problemMs);
  let nextId = 1;

  const report = (fault: ControlError): void => {
    const held = problems.admit(fault.code, performance.now());
    if (held === undefined) return;
    const more = held > 0 ? ` (and ${held} times before)` : "";
    guard(() => options.onProblem?.(new ControlError(fault.code, `${fault.message}${more}`, { cause: fault })));
  };
  /** Runs a callback of the caller in a socket's or timer's event; an exception is reported and ends nothing. */
  const guard = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      report(new ControlError("failed", `a listener failed: ${messageOf(error)}`, { cause: error }));
    }
  };
  const maxClients = options.maxClients ?? clientsWithin(descriptorLimit());
  const accept = (socket: Socket): void => {
    if (peers.size >= maxClients) {
      turnAway(socket, maxClients);
      report(new ControlError("full", `more than ${maxClients} clients: the newest was turned away`));
      return;
    }
    const { peer, connection } = servePeer(socket, { ...options, id: nextId++, traffic, report, guard, onClose: (gone) => void peers.delete(gone) });
    peers.set(peer, connection);
  };

  const door = { file, accept, report, maxConnections: maxClients + refusalsAtOnce };
  let { server, bound, claim } = await startListening(door);
  let checking = false;
  let closed = false;

  const check = async (): Promise<void> => {
    const state = bound.state();
    if (state === "ours" && claim.intact()) return;
    claim.release();
    if (state === "ours") bound.remove();
    server.close();
    ({ server, bound, claim } = await startListening(door));
    report(new ControlError("path", `the socket ${file} had vanished; listening there again`));
    if (closed) await stop();
  };
  const timer = setInterval(() => {
    if (checking) return;
    checking = true;
    check()
      .catch((error: unknown) => {
        const fault = error instanceof ControlError ? error : new ControlError("path", messageOf(error), { cause: error });
        if (fault.code === "running") guard(() => options.onLost?.(fault));
        else report(fault);
      })
      .finally(() => (checking = false));
  }, limits.socketCheckMs);

  const stop = async (): Promise<void> => {
    bound.remove();
    const done = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const connection of peers.values()) connection.end();
    const force = setTimeout(() => {
      for (const connection of peers.values()) connection.destroy();
    }, endMs);
    await done;
    clearTimeout(force);
    claim.release();
  };

  let stopped: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed = true;
    clearInterval(timer);
    return (stopped ??= stop());
  };

  return {
    path: file,
    get connections() {
      return peers.size;
    },
    get full() {
      return peers.size >= maxClients;
    },
    broadcast(message, filter = () => true) {
      const frame = encodeHeartbeat(message);
      for (const [peer, connection] of [...peers]) if (filter(peer)) connection.sendFrame(frame);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
