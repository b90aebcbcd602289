import type { Heartbeat, Message, Reply } from "@vj/schema";
import type { ControlError } from "./errors.ts";
import type { Traffic } from "./traffic.ts";

/** How a client connects and reconnects. */
export interface ClientOptions {
  /** Bus directory for names; default that of `busDir()`. */
  busDir?: string | undefined;
  /** Limit for one attempt to connect; default 1 s. */
  connectTimeoutMs?: number;
  /** Reconnect after a loss; default true. */
  reconnect?: boolean;
  /** Limits shared with other connections; default: those of the process. */
  traffic?: Traffic;
  /** Hold commands while the worker is away and replay them in order. Default false: they fail with `closed`. */
  queue?: boolean;
}

/** Options of a client that must be connected once before it is returned. */
export interface ConnectOptions extends ClientOptions {
  /** Cancels the first attempt. */
  signal?: AbortSignal | undefined;
}

/** Limits of one request. */
export interface RequestOptions {
  /** Limit for the reply, counted from sending; default 2 s. */
  timeoutMs?: number;
  /** Cancels the wait for the reply; a command that was not sent yet is not sent. */
  signal?: AbortSignal | undefined;
}

/** Events of a client. */
export interface ClientEvents extends Record<string, unknown[]> {
  connect: [];
  /** The reason is undefined if the connection ended in order. */
  disconnect: [reason: ControlError | undefined];
  heartbeat: [heartbeat: Heartbeat];
  /** An attempt to connect failed; the next one follows automatically. */
  unreachable: [error: ControlError];
  /** Any message that is neither a reply nor a heartbeat. */
  message: [message: Message];
}

/** A connection to one worker that reconnects automatically. */
export interface ControlClient extends AsyncDisposable {
  readonly path: string;
  readonly connected: boolean;
  /** Whether a message of the worker has arrived and waits for its turn: this process is busy, the worker is not silent. */
  readonly hasUnread: boolean;
  /** Number of commands held for a worker that is away. */
  readonly queued: number;
  /**
   * Sends a command and waits for its reply. A refusal by the worker is a reply with `success: false`.
   * @throws ControlError `timeout`, `closed`, `aborted`, `frame` when the arguments are too long, or `arguments` when one has a reserved name.
   */
  request(cmd: string, args?: Record<string, unknown>, options?: RequestOptions): Promise<Reply>;
  /**
   * Sends a message that needs no reply. @returns false when not connected, or when the message is longer than a frame
   * may be.
   */
  send(message: Message): boolean;
  on<E extends keyof ClientEvents>(event: E, listener: (...args: ClientEvents[E]) => void): () => void;
  /** Rejects all waiting requests and ends the connection; resolves when it has ended. */
  close(): Promise<void>;
}
