import { placeText } from "@vj/contract";
import { Backlog } from "./backlog.ts";
import type { Share } from "./fair-share.ts";
import { ListenWatch } from "./listen-watch.ts";
import { networkFault } from "./network-fault.ts";
import type { ConnectedSocket } from "./open-socket.ts";
import { Route } from "./route.ts";

/** The receiver of an {@link Outlet}. */
export interface OutletOptions {
  readonly host: string;
  readonly port: number;
  /** Keep the first socket that opens: the receiver accepts packets from its port alone. On this machine no other route is ever needed. */
  readonly keepSocket?: boolean;
  /** Its part of what streams may send; without one it sends all. */
  readonly share?: Share;
  /** Called when the receiver is back, or at another address: it missed the messages sent meanwhile. */
  readonly onRecovered: () => void;
  /** Called while nothing listens, and nothing was sent for a second: sends something that may come twice, so that it shows when somebody does. */
  readonly onSilence?: () => void;
  readonly onProblem: (problem: string) => void;
}

/** Counts of one receiver. */
export interface OutletStats {
  readonly host: string;
  readonly port: number;
  /** Numeric address of its host, to which it sends; null before it could be reached for the first time. */
  readonly address: string | null;
  /** `opening` while its name is resolved, `failed` while it cannot be reached (tried again every few seconds). */
  readonly phase: "opening" | "open" | "failed";
  /** False while this machine, or the receiver's, reports that nothing listens on the port. */
  readonly listening: boolean;
  /** Since when `phase` and `listening` are what they are, epoch seconds. */
  readonly since: number;
  /** The last fault, for a person: why it cannot be reached, or does not take what is sent; null when there was none since it opened. */
  readonly problem: string | null;
  readonly sent: number;
  /** Number of reports that nothing listens on the port. Information, not an error. */
  readonly refused: number;
  readonly errors: number;
  /** Datagrams too large, more than the network accepts, sent while the receiver could not be reached, or above its share. */
  readonly dropped: number;
}

/** Unsent bytes held for one receiver; further ones are dropped, because late telemetry is worthless. */
const queueBytes = 1_048_576;
/** A whole replay waits: the words of the longest song take a good megabyte. */
const replayBytes = 4 * queueBytes;
/** So many datagrams at once fit into the buffer of a receiver that is busy drawing; after them so many every {@link pauseMs}. */
const burst = 150;
const batch = 40;
const pauseMs = 10;

/**
 * Sends datagrams to one receiver: its queue and counts. Takes ready-made bytes, so it also serves a
 * replay. Never blocks, never throws.
 */
export class Outlet {
  readonly #options: OutletOptions;
  #phase: OutletStats["phase"] = "opening";
  #since = Date.now();
  readonly #route: Route;
  /** Not sent yet: the socket is not open, or a long replay is under way. */
  readonly #waiting = new Backlog();
  #drainTimer: NodeJS.Timeout | undefined;
  #closed = false;
  #ended: Promise<void> | undefined;
  readonly #listenWatch = new ListenWatch(
    () => this.#counts,
    () => {
      this.#since = Date.now();
      this.#options.onRecovered();
    },
    () => this.#options.onSilence?.(),
  );
  #problemText: string | null = null;
  #counts = { sent: 0, refused: 0, errors: 0, dropped: 0 };
  /** Resolves when the first attempt to open has succeeded or failed. */
  readonly settled: Promise<void>;

  constructor(options: OutletOptions) {
    this.#options = options;
    const { host, port, keepSocket = false } = options;
    this.#route = new Route({ host, port, keepSocket, onOpen: this.#onOpen, onFault: this.#onFault });
    this.settled = this.#route.open();
  }

  /** Sends at once, or after what waits. */
  send(bytes: Uint8Array): void {
    if (this.#closed) return;
    const { socket } = this.#route;
    if (socket === undefined || this.#waiting.length > 0) this.#wait(bytes);
    else this.#sendNow(socket, bytes);
  }

  /** The same for a value that the next one of its stream replaces. */
  sendStream(bytes: Uint8Array): void {
    if (this.#options.share?.admit() === false) this.drop();
    else this.send(bytes);
  }

  /** Sends many, not faster than a receiver takes them: the first 150 at once, then about 4,000 a second. Later ones wait behind them. */
  replay(datagrams: readonly Uint8Array[]): void {
    if (this.#closed) return;
    for (const bytes of datagrams) this.#wait(bytes, replayBytes);
    if (this.#drainTimer === undefined) this.#drain(burst);
  }

  /** Counts a datagram that was not sent. */
  drop(): void {
    this.#counts.dropped += 1;
  }

  /** Where its receiver is, as it was given. */
  get place(): { readonly host: string; readonly port: number } {
    return this.#options;
  }

  /** The UDP port it sends from; undefined while its socket is not open. */
  get sourcePort(): number | undefined {
    return this.#route.socket?.address().port;
  }

  stats(): OutletStats {
    const { host, port } = this.#options;
    return { host, port, address: this.#route.address, phase: this.#phase, listening: !this.#listenWatch.isOn, since: this.#since / 1000, problem: this.#problemText, ...this.#counts };
  }

  /** Stops sending. Resolves when the socket is closed. */
  close(): Promise<void> {
    return (this.#ended ??= this.#end());
  }

  #end(): Promise<void> {
    this.#closed = true;
    this.#listenWatch.stop();
    clearTimeout(this.#drainTimer);
    this.#waiting.clear();
    return this.#route.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  readonly #onOpen = (socket: ConnectedSocket, again: boolean): void => {
    const recovered = this.#phase === "failed" || again;
    this.#enter("open");
    this.#problemText = null;
    socket.on("error", this.#onError);
    if (this.#drainTimer === undefined) this.#drain(burst);
    if (recovered) this.#options.onRecovered();
  };

  readonly #onFault = (error: unknown): void => {
    this.#problem(`cannot be reached: ${networkFault(error, this.#options.host)}`);
    // The last address is used while the name does not resolve.
    if (this.#route.socket !== undefined) return;
    this.#enter("failed");
    this.#counts.dropped += this.#waiting.clear();
  };

  #enter(phase: OutletStats["phase"]): void {
    if (this.#phase !== phase) this.#since = Date.now();
    this.#phase = phase;
  }

  #wait(bytes: Uint8Array, mostBytes = queueBytes): void {
    if (this.#phase === "failed" || !this.#waiting.add(bytes, mostBytes)) this.drop();
  }

  #drain(count: number): void {
    this.#drainTimer = undefined;
    const { socket } = this.#route;
    if (socket === undefined) return;
    for (const bytes of this.#waiting.take(count)) this.#sendNow(socket, bytes);
    if (this.#waiting.length === 0) return;
    this.#drainTimer = setTimeout(() => this.#drain(batch), pauseMs);
    this.#drainTimer.unref();
  }

  #sendNow(socket: ConnectedSocket, bytes: Uint8Array): void {
    if (socket.getSendQueueSize() + bytes.byteLength > queueBytes) this.drop();
    else socket.send(bytes, this.#onSent);
  }

  readonly #onSent = (error: Error | null): void => {
    if (error === null) this.#counts.sent += 1;
    else this.#onError(error);
  };

  readonly #onError = (error: Error): void => {
    if (this.#closed) return;
    if ("code" in error && error.code === "ECONNREFUSED") {
      this.#counts.refused += 1;
      if (this.#listenWatch.isOn) return;
      this.#since = Date.now();
      this.#listenWatch.start();
      return;
    }
    this.#counts.errors += 1;
    this.#problem(`does not take telemetry: ${networkFault(error, this.#route.address ?? this.#options.host)}`);
    this.#route.renew();
  };

  #problem(what: string): void {
    this.#problemText = what;
    if (!this.#closed) this.#options.onProblem(`${placeText(this.#options)} ${what}`);
  }
}
