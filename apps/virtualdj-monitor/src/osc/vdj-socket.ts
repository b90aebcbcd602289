import { createSocket } from "node:dgram";
import type { RemoteInfo, Socket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { isIPv6 } from "node:net";
import { decode, encode } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";
import { messageOf } from "@vj/schema";

export interface VdjSocketOptions {
  /** Where VirtualDJ runs. */
  readonly host: string;
  /** Where it sends to: its `oscPortBack`. */
  readonly port: number;
  /** Where it listens: its `oscPort`. */
  readonly queryPort: number;
  onMessage(message: OscMessage): void;
  onProblem(problem: string): void;
}

/** A script verb as an address, without arguments. */
const question = { args: [], kind: "event", description: "" } as const;

/** Questions to VirtualDJ, and its answers. Only what comes from its machine counts. */
export class VdjSocket {
  readonly #options: VdjSocketOptions;
  readonly #socket: Socket;
  readonly #address: string;
  readonly #queryPort: number;

  private constructor(options: VdjSocketOptions, socket: Socket, address: string, queryPort: number) {
    this.#options = options;
    this.#socket = socket;
    this.#address = address;
    this.#queryPort = queryPort;
    socket.on("message", (bytes, sender) => this.#receive(bytes, sender));
    // What is sent to a port where nobody listens comes back as an error on some systems.
    socket.on("error", () => {});
  }

  /**
   * Opens the port that VirtualDJ answers to. Where somebody has it already, that is taken for VirtualDJ itself, and its answers come to
   * the port that the questions come from.
   * @throws Error in words.
   */
  static async open(options: VdjSocketOptions): Promise<VdjSocket> {
    const { host, port, queryPort } = options;
    const address = await resolve(host);
    const local = isLoopback(address) ? address : isIPv6(address) ? "::" : "0.0.0.0";
    try {
      return new VdjSocket(options, await bind(local, port), address, queryPort);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE" && isLoopback(address))) {
        throw new Error(`cannot listen for VirtualDJ at port ${port}: ${messageOf(error)}`, { cause: error });
      }
      return new VdjSocket(options, await bind(local, 0), address, port);
    }
  }

  /** Sends one address, for example `/vdj/query/deck/1/get_title`. Never throws. */
  ask(address: string): void {
    const encoded = encode(address, question, []);
    if (!encoded.ok) return this.#options.onProblem(encoded.error);
    this.#socket.send(encoded.bytes, this.#queryPort, this.#address, (error) => {
      if (error !== null) this.#options.onProblem(`cannot ask VirtualDJ at ${this.#options.host}: ${error.message}`);
    });
  }

  close(): void {
    this.#socket.close();
  }

  #receive(bytes: Buffer, sender: RemoteInfo): void {
    if (sender.address !== this.#address) return;
    const decoded = decode(bytes);
    if (decoded.ok) for (const message of decoded.messages) this.#options.onMessage(message);
    else this.#options.onProblem(`what comes to the port of VirtualDJ is not OSC: ${decoded.error}`);
  }
}

async function resolve(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch (error) {
    throw new Error(`osc_host ${host} is not known: ${messageOf(error)}`, { cause: error });
  }
}

function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}

function bind(address: string, port: number): Promise<Socket> {
  const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
  return new Promise((done, reject) => {
    socket.once("error", reject);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off("error", reject);
      done(socket);
    });
  });
}
