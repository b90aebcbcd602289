import { once } from "node:events";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { messageOf } from "@vj/schema";
import { explainTakenPort } from "@vj/telemetry";
import { PerSecond } from "../remote/rate.ts";
import { readMessage } from "./message.ts";
import type { Os2lMessage } from "./message.ts";
import { ObjectSplitter } from "./object-splitter.ts";
import { placeOf } from "./place.ts";
import { limitReading } from "./read-budget.ts";

/** Connections at once; a rig has one or two. */
const maxConnections = 16;
/** When there are too many, one that has sent nothing useful for this long is closed, and one that has sent only junk is closed at once. */
const idleMs = 10_000;
/** Messages of a connection that are looked at in a second; a busy program sends about a hundred. */
const messagesPerSecond = 1000;
/** A connection is closed after this many examined bytes without a message; a message has at most a kilobyte. */
const mostInVain = 65_536;
/** Without a message for this long after its first bytes, a connection sends something else: a message may come in pieces. */
const strangerMs = 1000;
/** A taken port is tried again after this. */
const retryMs = 2000;

export interface Os2lServerOptions {
  readonly host: string;
  readonly port: number;
  /** @param from place of the sender, `address:port` */
  readonly onMessage: (message: Os2lMessage, from: string) => void;
  /** Called with the port once it listens. */
  readonly onListening: (port: number) => void;
}

/** What the server has seen. */
export interface Os2lServerState {
  /** 0 while it does not listen. */
  readonly port: number;
  readonly peers: readonly string[];
  readonly messages: number;
  /** Stretches of junk and objects that are not messages. */
  readonly refused: number;
  readonly turned_away: number;
}

interface Connection {
  readonly splitter: ObjectSplitter;
  readonly openedAt: number;
  /** Time of its first bytes. */
  begunAt?: number;
  /** Time of its last message; undefined: none yet. */
  usefulAt?: number;
  /** Bytes since then. */
  inVain: number;
}

/** Takes OS2L from VirtualDJ and others. Never throws: a port that cannot be opened is tried again, see `problem`. */
export class Os2lServer {
  readonly #options: Os2lServerOptions;
  readonly #server: Server;
  readonly #sockets = new Map<Socket, Connection>();
  #again: NodeJS.Timeout | undefined;
  #messages = 0;
  #refused = 0;
  #turnedAway = 0;
  #turnedAwayAt = Number.NEGATIVE_INFINITY;
  #isClosed = false;
  #problem: string | undefined;

  constructor(options: Os2lServerOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#accept(socket));
    this.#server.on("error", (error) => void this.#failed(error));
    this.#server.on("listening", () => {
      this.#problem = undefined;
      options.onListening(this.#port);
    });
    this.#listen();
  }

  /** Why it does not listen. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Whether a program was turned away in the last ten seconds. */
  get isFull(): boolean {
    return performance.now() - this.#turnedAwayAt < idleMs;
  }

  /** The client that is connected, but has sent nothing that is a message; undefined: none. */
  get stranger(): string | undefined {
    const found = [...this.#sockets].find(([, { usefulAt, begunAt = Infinity }]) => usefulAt === undefined && performance.now() - begunAt > strangerMs);
    return found === undefined ? undefined : remoteOf(found[0]);
  }

  get state(): Os2lServerState {
    return {
      port: this.#port,
      peers: [...this.#sockets.keys()].map(remoteOf),
      messages: this.#messages,
      refused: this.#refused + [...this.#sockets.values()].reduce((sum, { splitter }) => sum + splitter.refused, 0),
      turned_away: this.#turnedAway,
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#again);
    for (const socket of this.#sockets.keys()) socket.destroy();
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    await closed;
  }

  get #port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  #listen(): void {
    const { host, port } = this.#options;
    if (!this.#isClosed) this.#server.listen(port, host);
  }

  async #failed(error: Error): Promise<void> {
    const { host, port } = this.#options;
    const isTaken = "code" in error && error.code === "EADDRINUSE";
    this.#again = setTimeout(() => this.#listen(), retryMs);
    const change = (free: number): string => `vj config set sync_bridge os2l_port=${free}`;
    this.#problem = `OS2L cannot listen on ${host}:${port}: ${isTaken ? await explainTakenPort({ protocol: "tcp", port, change }) : `${messageOf(error)}; take an address of this machine: vj config set sync_bridge os2l_host=127.0.0.1`}`;
  }

  #accept(socket: Socket): void {
    if (!this.#makeRoom()) {
      this.#turnedAway += 1;
      this.#turnedAwayAt = performance.now();
      socket.destroy();
      return;
    }
    const splitter = new ObjectSplitter();
    const limit = new PerSecond(messagesPerSecond);
    const connection: Connection = { splitter, openedAt: performance.now(), inVain: 0 };
    this.#sockets.set(socket, connection);
    limitReading(socket);
    socket.on("data", (chunk: Buffer) => {
      connection.begunAt ??= performance.now();
      connection.inVain += chunk.length;
      for (const text of splitter.push(chunk)) {
        if (!limit.admit(performance.now())) this.#refused += 1;
        else this.#take(text, connection, remoteOf(socket));
      }
      if (connection.inVain > mostInVain) socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      if (this.#sockets.delete(socket)) this.#refused += splitter.refused;
    });
  }

  #makeRoom(): boolean {
    if (this.#sockets.size < maxConnections) return true;
    const oldest = [...this.#sockets].sort(([, one], [, other]) => idleSince(one) - idleSince(other)).find(([, one]) => isUseless(one));
    if (oldest === undefined) return false;
    this.#refused += oldest[1].splitter.refused;
    this.#sockets.delete(oldest[0]);
    oldest[0].destroy();
    return true;
  }

  #take(text: string, connection: Connection, from: string): void {
    const message = readMessage(text);
    if (message === undefined) {
      this.#refused += 1;
      return;
    }
    this.#messages += 1;
    // Before the listener, which asks which client sends no messages.
    Object.assign(connection, { usefulAt: performance.now(), inVain: 0 });
    this.#options.onMessage(message, from);
  }
}

function remoteOf({ remoteAddress, remotePort }: Socket): string {
  return placeOf(remoteAddress, remotePort);
}

function idleSince({ usefulAt, openedAt }: Connection): number {
  return usefulAt ?? openedAt;
}

function isUseless(connection: Connection): boolean {
  const sendsJunk = connection.usefulAt === undefined && connection.splitter.refused > 0;
  return sendsJunk || performance.now() - idleSince(connection) > idleMs;
}
