import { createServer } from "node:net";
import type { Socket } from "node:net";
import path from "node:path";
import { RateLimit, limits, messageOf, shorten } from "@vj/schema";
import type { Ack, Command, ErrorMessage, Heartbeat, Message, Response } from "@vj/schema";
import { bindSocket } from "./bind-socket.ts";
import type { BoundSocket } from "./bind-socket.ts";
import { ensureBusDir } from "./bus-dir.ts";
import { claimName } from "./claim-name.ts";
import type { NameClaim } from "./claim-name.ts";
import { openConnection } from "./connection.ts";
import type { Connection } from "./connection.ts";
import { ControlError } from "./errors.ts";
import { clientsWithin, descriptorLimit } from "./descriptor-limit.ts";
import { encodeHeartbeat, encodeReply, failedAck } from "./frame.ts";
import { checkSocketPath } from "./socket-path.ts";
import { processTraffic } from "./traffic.ts";
import type { Traffic } from "./traffic.ts";

/** A reply before its `msg_id` is filled in. */
export type ReplyMessage = Ack | Response;

/** One connected client, as a command handler sees it. */
export interface Peer {
  /** Counts up from 1 for each connection of this server. */
  readonly id: number;
  /** On the clock of `performance.now()`. */
  readonly connectedAt: number;
  /** @throws ControlError `frame` when the message is longer than a frame may be. */
  send(message: Message): void;
  /** Called once when the connection ends, at once when it has ended. Returns its undo. */
  onClose(listener: () => void): () => void;
  close(): void;
}

export interface ServeOptions {
  /** Where to listen; its directory is made and checked. */
  path: string;
  /** Answers one command. What it throws becomes a failed `ack`. */
  onCommand(command: Command, peer: Peer): ReplyMessage | Promise<ReplyMessage>;
  /** Messages that are neither commands nor replies: `register` and `heartbeat`. Left out, they are refused. */
  onMessage?(message: Message, peer: Peer): void;
  /** Clients served at once; more are turned away. Default: what the process's limit of descriptors leaves, 2,000 at most. */
  maxClients?: number;
  /** Bounds shared with other connections; default: those of the process. */
  traffic?: Traffic;
  /** A fault worth a log line; the server goes on. One of a kind at once, then one per 10 s, which counts those held back. */
  onProblem?(problem: ControlError): void;
  /** Another process took the name while the socket was gone: this one must end. */
  onLost?(error: ControlError): void;
}

/** A listening control socket. */
export interface ControlServer {
  readonly path: string;
  readonly connections: number;
  /** Sends to every peer that `filter` lets through, encoding once. Stats that cannot be sent are left out. */
  broadcast(message: Heartbeat, filter?: (peer: Peer) => boolean): void;
  /** Stops listening, ends all connections, deletes the socket file if it is still ours. */
  close(): Promise<void>;
}

/**
 * Listens for control connections. If the socket file or its directory vanishes, it listens again at the same path
 * within a second; connections that are open stay open.
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

  /** Code of others, called by a socket or a timer: what it throws is told, and ends nothing. */
  const guard = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      report(new ControlError("failed", `a listener failed: ${messageOf(error)}`, { cause: error }));
    }
  };

  const accept = (socket: Socket): void => {
    const closeListeners = new Set<() => void>();
    let pending = 0;
    const answer = (command: Command, reply: ReplyMessage): void => {
      const whole: ReplyMessage = reply.type === "response" ? { ...reply, success: true } : reply;
      const frame = encodeReply(command.msg_id === undefined ? whole : { ...whole, msg_id: command.msg_id }, shorten(command.cmd, limits.nameCharacters));
      connection.sendFrame(frame);
    };
    const fail = (command: Command, error: unknown): void => answer(command, failedAck(`${command.cmd} failed: ${messageOf(error)}`));

    // What a handler answers at once is sent at once: it then counts as part of the turn that the message got.
    const run = (command: Command): void => {
      if (pending >= limits.pendingCommands) {
        answer(command, failedAck(`busy: ${pending} commands of this connection wait already; read their replies first`, "busy"));
        return;
      }
      let reply: ReplyMessage | Promise<ReplyMessage>;
      try {
        reply = options.onCommand(command, peer);
      } catch (error) {
        fail(command, error);
        return;
      }
      if (!(reply instanceof Promise)) {
        answer(command, reply);
        return;
      }
      pending += 1;
      reply
        .then((later) => answer(command, later), (error: unknown) => fail(command, error))
        .finally(() => (pending -= 1))
        .catch((error: unknown) => report(new ControlError("failed", messageOf(error), { cause: error })));
    };
    const refuse = (error: string, msgId: string | undefined, code?: "busy"): void => {
      const reply: Ack | ErrorMessage = msgId === undefined ? { type: "error", error, traceback: null } : { ...failedAck(error, code), msg_id: msgId };
      connection.sendFrame(encodeReply(reply, "this message"));
    };

    const connection = openConnection(socket, traffic, limits.messageValues, {
      onMessage: (message) => {
        if (message.type === "command") run(message);
        else if (options.onMessage !== undefined && (message.type === "register" || message.type === "heartbeat")) {
          options.onMessage(message, peer);
        } else {
          refuse(`a ${message.type} is not expected here`, undefined);
        }
      },
      onInvalid: (error, msgId) => refuse(error, msgId),
      onBusy: (error, msgId) => refuse(error, msgId, "busy"),
      onClose: (reason) => {
        peers.delete(peer);
        for (const listener of closeListeners) guard(listener);
        closeListeners.clear();
        if (reason !== undefined && reason.code !== "closed") report(reason);
      },
    });
    const peer: Peer = {
      id: nextId++,
      connectedAt: performance.now(),
      send: connection.send,
      onClose: (listener) => {
        if (!peers.has(peer)) {
          listener();
          return () => {};
        }
        closeListeners.add(listener);
        return () => void closeListeners.delete(listener);
      },
      close: connection.end,
    };
    peers.set(peer, connection);
  };

  const door = { file, accept, report, maxClients: options.maxClients ?? clientsWithin(descriptorLimit()) };
  const listener = await startListening(door);
  let { server, bound, claim } = listener;
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
    // A peer that does not read what is queued must not hold up the end.
    const force = setTimeout(() => {
      for (const connection of peers.values()) connection.destroy();
    }, 500);
    await done;
    clearTimeout(force);
    claim.release();
  };

  return {
    path: file,
    get connections() {
      return peers.size;
    },
    broadcast(message, filter = () => true) {
      const frame = encodeHeartbeat(message);
      for (const [peer, connection] of [...peers]) if (filter(peer)) connection.sendFrame(frame);
    },
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      await stop();
    },
  };
}

interface Listening {
  server: ReturnType<typeof createServer>;
  bound: BoundSocket;
  claim: NameClaim;
}

interface Door {
  file: string;
  maxClients: number;
  accept(socket: Socket): void;
  report(fault: ControlError): void;
}

async function startListening({ file, maxClients, accept, report }: Door): Promise<Listening> {
  const dir = path.dirname(file);
  ensureBusDir(dir);
  const claim = await claimName(dir, path.basename(file, ".sock"));
  const server = createServer({ allowHalfOpen: false }, accept);
  server.maxConnections = maxClients;
  server.on("drop", () => report(new ControlError("full", `more than ${maxClients} clients: the newest was turned away`)));
  try {
    const bound = await bindSocket(server, file);
    // For example no descriptor left for one more client: those that are connected are served on.
    server.on("error", (error) => report(new ControlError("full", `cannot take a client: ${error.message}`, { cause: error })));
    return { server, bound, claim };
  } catch (error) {
    server.close();
    claim.release();
    throw error;
  }
}
