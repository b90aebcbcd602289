import { isIP } from "node:net";
import { isLoopback, openSocket, resolveHost } from "./open-socket.ts";
import type { ConnectedSocket } from "./open-socket.ts";

/** What opens a {@link Route}. */
export interface Network {
  readonly resolveHost: typeof resolveHost;
  readonly openSocket: typeof openSocket;
}

/** Where a {@link Route} leads. */
export interface RouteOptions {
  readonly host: string;
  readonly port: number;
  /** Keep the first socket to this machine, see `OutletOptions`. */
  readonly keepSocket: boolean;
  /** Called with each new socket. @param again another one was in use until now, and is closed */
  readonly onOpen: (socket: ConnectedSocket, again: boolean) => void;
  /** Called when the name does not resolve, or no socket opens. A socket that was open stays in use. It is tried again. */
  readonly onFault: (error: unknown) => void;
  /** Default: that of this machine. */
  readonly network?: Network;
}

const retryMs = 5000;
/** Interval in which a name is resolved again, ms. */
const resolveMs = 60_000;

/** The way to one receiver: its name is resolved now and then, its socket opened, and opened anew where another way is needed. */
export class Route {
  readonly #options: RouteOptions;
  readonly #network: Network;
  #socket: ConnectedSocket | undefined;
  #address: string | null = null;
  /** The socket has errors: the network changed. A new socket gets a fresh route. */
  #stale = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: RouteOptions) {
    this.#options = options;
    this.#network = options.network ?? { resolveHost, openSocket };
  }

  /** Undefined while nothing is open. */
  get socket(): ConnectedSocket | undefined {
    return this.#socket;
  }

  /** Numeric address to which the last socket leads; null before the first. */
  get address(): string | null {
    return this.#address;
  }

  /** Opens it, and keeps it right from then on. Resolves when the first attempt has succeeded or failed. */
  async open(): Promise<void> {
    const { host, port, onFault } = this.#options;
    try {
      const resolved = await this.#network.resolveHost(host);
      if (this.#closed) return;
      if (this.#socket === undefined || this.#stale || resolved.address !== this.#address) {
        this.#use(await this.#network.openSocket(resolved, port), resolved.address);
      }
      if (isIP(host) === 0 && !this.#keepsSocket) this.#openIn(resolveMs);
    } catch (error) {
      onFault(error);
      this.#openIn(retryMs);
    }
  }

  /** The socket has errors: it is replaced after a while, unless it is kept. */
  renew(): void {
    if (this.#keepsSocket) return;
    if (!this.#stale) this.#openIn(retryMs);
    this.#stale = true;
  }

  /** Resolves when the socket is closed; none is opened any more. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket !== undefined) await new Promise<void>((resolve) => socket.close(resolve));
  }

  get #keepsSocket(): boolean {
    return this.#options.keepSocket && isLoopback(this.#address ?? "");
  }

  #use(socket: ConnectedSocket, address: string): void {
    if (this.#closed) {
      socket.close();
      return;
    }
    const again = this.#socket !== undefined;
    this.#socket?.close();
    this.#socket = socket;
    this.#address = address;
    this.#stale = false;
    this.#options.onOpen(socket, again);
  }

  #openIn(delayMs: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.open(), delayMs);
    this.#timer.unref();
  }
}
