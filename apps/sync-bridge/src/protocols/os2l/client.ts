import { connect } from "node:net";
import type { Socket } from "node:net";
import { placeText } from "@vj/schema";
import { placeOf } from "./place.ts";
import { limitReading } from "./read-budget.ts";
import { ObjectSplitter } from "./object-splitter.ts";
import { readMessage } from "./message.ts";

const retryMs = [1000, 2000, 5000, 15_000] as const;
/** Bytes that may wait for a program that does not read; further beats are dropped, as late beats are worse than none. */
const queuedBytes = 4096;
/**
 * Pause between two messages, ms, and how many may wait for it. QLC+ 4 takes all bytes of one read for one message, and drops them when
 * they are two.
 */
const pauseMs = 20;
const mostWaiting = 8;

/** The connection to one lighting program, made again whenever it ends. Never throws. */
export class Os2lClient {
  readonly host: string;
  readonly port: number;
  readonly #onUnreachable: () => void;
  #socket: Socket | undefined;
  #again: NodeJS.Timeout | undefined;
  readonly #waiting: string[] = [];
  #pause: NodeJS.Timeout | undefined;
  #failures = 0;
  #sent = 0;
  #dropped = 0;
  #feedback = 0;
  #isConnected = false;
  #isClosed = false;

  /** @param onUnreachable called when it cannot be reached a second time, and each time after */
  constructor(host: string, port: number, onUnreachable: () => void) {
    this.host = host;
    this.port = port;
    this.#onUnreachable = onUnreachable;
    this.#connect();
  }

  get state(): { readonly to: string; readonly connected: boolean; readonly sent: number; readonly dropped: number; readonly feedback: number } {
    return { to: placeText(this), connected: this.#isConnected, sent: this.#sent, dropped: this.#dropped, feedback: this.#feedback };
  }

  /** Our end of the connection, as the other side sees it; undefined while there is none. */
  get ownPlace(): string | undefined {
    return this.#isConnected && this.#socket !== undefined ? placeOf(this.#socket.localAddress, this.#socket.localPort) : undefined;
  }

  /** Sends a message; it is left out while there is no connection, or the program does not read. */
  send(text: string): void {
    if (this.#socket === undefined || !this.#isConnected) return;
    if (this.#socket.writableLength > queuedBytes || this.#waiting.length >= mostWaiting) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(text);
    if (this.#pause === undefined) this.#next();
  }

  #next(): void {
    const text = this.#waiting.shift();
    this.#pause = text === undefined ? undefined : setTimeout(() => this.#next(), pauseMs);
    if (text === undefined) return;
    this.#socket?.write(text);
    this.#sent += 1;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#again);
    clearTimeout(this.#pause);
    this.#socket?.destroy();
  }

  #connect(): void {
    const splitter = new ObjectSplitter();
    const socket = connect({ host: this.host, port: this.port, noDelay: true, keepAlive: true, timeout: 0 });
    this.#socket = socket;
    limitReading(socket);
    socket.on("connect", () => {
      this.#isConnected = true;
      this.#failures = 0;
    });
    socket.on("data", (chunk: Buffer) => {
      for (const text of splitter.push(chunk)) if (readMessage(text)?.evt === "feedback") this.#feedback += 1;
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#isConnected = false;
      this.#waiting.length = 0;
      if (this.#isClosed) return;
      this.#again = setTimeout(() => this.#connect(), retryMs[Math.min(this.#failures, retryMs.length - 1)]);
      this.#failures += 1;
      if (this.#failures > 1) this.#onUnreachable();
    });
  }
}
