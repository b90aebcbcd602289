import { createSocket } from "node:dgram";
import type { RemoteInfo, Socket } from "node:dgram";
import { once } from "node:events";
import { isIPv6 } from "node:net";
import { messageOf } from "@vj/schema";
import { explainTakenPort } from "@vj/telemetry";

/** A taken port is tried again after this. */
const retryMs = 2000;

export interface RemotePortOptions {
  readonly host: string;
  readonly port: number;
  /** @param answer sends a datagram back to the sender */
  readonly onDatagram: (bytes: Uint8Array, from: RemoteInfo, answer: (bytes: Uint8Array) => void) => void;
}

/** A UDP port. Never throws: one that cannot be opened is tried again, see `problem`. */
export class RemotePort {
  readonly #options: RemotePortOptions;
  #socket: Socket | undefined;
  #again: NodeJS.Timeout | undefined;
  #problem: string | undefined;
  #isClosed = false;
  #port = 0;

  constructor(options: RemotePortOptions) {
    this.#options = options;
    this.#open();
  }

  /** 0 while it does not listen. */
  get port(): number {
    return this.#port;
  }

  /** Why it does not listen. */
  get problem(): string | undefined {
    return this.#problem;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#again);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    const closed = once(socket, "close");
    socket.close();
    await closed;
  }

  #open(): void {
    const { host, port, onDatagram } = this.#options;
    const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
    this.#socket = socket;
    socket.on("message", (bytes, from) => {
      onDatagram(bytes, from, (answer) => {
        // Nobody can be answered at port 0; a failure concerns that sender alone.
        if (from.port !== 0 && !this.#isClosed) socket.send(answer, from.port, from.address, () => {});
      });
    });
    socket.on("error", (error) => void this.#failed(socket, error));
    socket.on("listening", () => {
      this.#port = socket.address().port;
      this.#problem = undefined;
    });
    socket.bind(port, host);
  }

  async #failed(socket: Socket, error: Error): Promise<void> {
    // Once it listens, errors are those of single datagrams.
    if (this.#port !== 0 || this.#socket !== socket) return;
    const { host, port } = this.#options;
    this.#socket = undefined;
    socket.close();
    const isTaken = "code" in error && error.code === "EADDRINUSE";
    const change = (free: number): string => `vj config set sync_bridge remote_port=${free}`;
    this.#again = setTimeout(() => this.#open(), retryMs);
    this.#problem = `the remote cannot listen on UDP ${host}:${port}: ${isTaken ? await explainTakenPort({ protocol: "udp", port, change }) : `${messageOf(error)}; take an address of this machine: vj config set sync_bridge remote_host=127.0.0.1`}`;
  }
}
