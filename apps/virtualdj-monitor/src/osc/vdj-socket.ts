import { createSocket } from "node:dgram";
import type { RemoteInfo, Socket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { isIPv6 } from "node:net";
import { decode, encode, explainTakenPort } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";
import { messageOf } from "@vj/schema";

export interface VdjSocketOptions {
  /** Machine of VirtualDJ. */
  readonly host: string;
  /** Port to which it sends: its `oscPortBack`. */
  readonly port: number;
  /** Port on which it listens: its `oscPort`. */
  readonly queryPort: number;
  onMessage(message: OscMessage): void;
  onProblem(problem: string): void;
}

/** A script verb as an address, without arguments. */
const question = { args: [], kind: "event", description: "" } as const;

/** Sends requests to VirtualDJ and receives its answers. Only packets from its machine count. */
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
    // On some systems a packet to a port without a listener comes back as an error.
    socket.on("error", () => {});
  }

  /**
   * Opens the port to which VirtualDJ answers. If the port is taken, its owner is assumed to be VirtualDJ itself, whose
   * answers then come to the port of the requests.
   * @throws Error with a readable message.
   */
  static async open(options: VdjSocketOptions): Promise<VdjSocket> {
    const { host, port, queryPort } = options;
    const address = await resolve(host);
    const local = isLoopback(address) ? address : isIPv6(address) ? "::" : "0.0.0.0";
    try {
      return new VdjSocket(options, await bind(local, port), address, queryPort);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) {
        throw new Error(`cannot listen for VirtualDJ at port ${port}: ${messageOf(error)}`, { cause: error });
      }
      const taken = await explainTakenPort({ protocol: "udp", port, change: (free) => `vj config set virtualdj_monitor osc_port=${free}, and oscPortBack in VirtualDJ` });
      if (!isLoopback(address)) throw new Error(`cannot listen for VirtualDJ: ${taken}`, { cause: error });
      if (!/virtual ?dj/i.test(taken.slice(0, taken.indexOf(";")))) options.onProblem(`it is asked there, as if VirtualDJ had the port: ${taken}`);
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
    else this.#options.onProblem(`a packet at the port of VirtualDJ is not OSC: ${decoded.error}`);
  }
}

async function resolve(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch (error) {
    throw new Error(`osc_host ${host} cannot be resolved: ${messageOf(error)}`, { cause: error });
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
