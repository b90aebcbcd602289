import { randomUUID } from "node:crypto";
import path from "node:path";
import { limits, reservedIn } from "@vj/schema";
import type { Heartbeat, Message, Reply } from "@vj/schema";
import { checkBusDir } from "./bus-dir.ts";
import { createCommandQueue } from "./command-queue.ts";
import type { QueuedCommand } from "./command-queue.ts";
import { openConnection } from "./connection.ts";
import type { Connection } from "./connection.ts";
import { dial } from "./dial.ts";
import { ControlError, connectError } from "./errors.ts";
import { createListeners } from "./listeners.ts";
import { createPending } from "./pending.ts";
import { reconnectDelayMs } from "./reconnect.ts";
import { resolveSocket } from "./socket-path.ts";
import { aborted, untilAborted } from "./until-aborted.ts";
import { processTraffic } from "./traffic.ts";
import type { Traffic } from "./traffic.ts";

export interface ClientOptions {
  /** Bus directory for names; default {@link busDir}. */
  busDir?: string;
  /** Limit for one attempt to connect; default 1 s. */
  connectTimeoutMs?: number;
  /** Reconnect after a loss; default true. */
  reconnect?: boolean;
  /** Limits shared with other connections; default: those of the process. */
  traffic?: Traffic;
  /** Hold commands while the worker is away and replay them in order. Default false: they fail with `closed`. */
  queue?: boolean;
}

export interface ConnectOptions extends ClientOptions {
  /** Cancels the first attempt. */
  signal?: AbortSignal | undefined;
}

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

/**
 * Connects to a worker by name or socket path.
 * @throws ControlError when the first attempt fails: `not_found`, `refused`, `denied`, `timeout`, `path`, `aborted`.
 */
export async function connect(nameOrPath: string, { signal, ...options }: ConnectOptions = {}): Promise<ControlClient> {
  if (signal?.aborted === true) throw aborted(`connecting to ${nameOrPath}`, signal);
  const client = createClient(nameOrPath, options);
  const undo: (() => void)[] = [];
  const connected = new Promise<void>((resolve, reject) => {
    undo.push(client.on("connect", resolve), client.on("unreachable", reject));
  });
  try {
    await (signal === undefined ? connected : untilAborted(signal, `connecting to ${nameOrPath}`, () => connected));
    return client;
  } catch (error) {
    await client.close();
    throw error;
  } finally {
    for (const off of undo) off();
  }
}

/**
 * A client that connects in the background, and again after each loss.
 * @throws ControlError `path` when the name cannot have a socket.
 */
export function createClient(nameOrPath: string, options: ClientOptions = {}): ControlClient {
  const file = resolveSocket(nameOrPath, options.busDir);
  const idPrefix = randomUUID().slice(0, 8);
  const listeners = createListeners<ClientEvents>();
  const pending = createPending();
  const queue = createCommandQueue();
  const traffic = options.traffic ?? processTraffic;
  let connection: Connection | undefined;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let requests = 0;
  let replaying = false;
  let closed = false;

  const transmit = (cmd: string, args: Record<string, unknown>, timeoutMs: number): Promise<Reply> => {
    const reserved = reservedIn(Object.keys(args));
    if (reserved !== undefined) return Promise.reject(new ControlError("arguments", `an argument cannot be called "${reserved}", which every message has`));
    if (connection === undefined) return Promise.reject(new ControlError("closed", `not connected to ${file}`));
    requests += 1;
    const msgId = `${idPrefix}-${requests}`;
    try {
      connection.send({ ...args, type: "command", cmd, msg_id: msgId });
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    return pending.wait(msgId, cmd, timeoutMs);
  };

  const replay = async (): Promise<void> => {
    if (replaying) return;
    replaying = true;
    let command: QueuedCommand | undefined;
    while (connection !== undefined && (command = queue.shift()) !== undefined) {
      if (command.signal?.aborted === true) {
        command.reject(aborted(command.cmd, command.signal));
        continue;
      }
      try {
        command.resolve(await transmit(command.cmd, command.args, command.timeoutMs));
      } catch (error) {
        if (isLoss(error) && command.cmd === "set_config" && !closed) queue.unshift(command);
        else command.reject(error instanceof Error ? error : new Error(String(error)));
      }
    }
    replaying = false;
  };

  const lose = (reason: ControlError | undefined): void => {
    connection = undefined;
    listeners.emit("disconnect", reason);
    pending.rejectAll(new ControlError("closed", `the connection to ${file} ended before the reply`));
    scheduleAttempt();
  };

  const failed = (error: ControlError): void => {
    failures += 1;
    scheduleAttempt();
    listeners.emit("unreachable", error);
  };

  const attempt = (): void => {
    try {
      // For a name, check the directory: another user may have prepared it. A path was chosen by the caller.
      if (!nameOrPath.includes("/")) checkBusDir(path.dirname(file));
    } catch (error) {
      failed(error instanceof ControlError ? error : connectError(file, error));
      return;
    }
    hangUp = dial(file, options.connectTimeoutMs ?? limits.connectMs, {
      onFail: failed,
      onConnect: (socket) => {
        failures = 0;
        connection = openConnection(socket, traffic, limits.replyValues, {
          onMessage: (message) => {
            if (message.type === "heartbeat") listeners.emit("heartbeat", message);
            else if (!pending.settle(message)) listeners.emit("message", message);
          },
          onInvalid: ({ error }) => socket.destroy(new ControlError("frame", error)),
          onBusy: (error) => socket.destroy(new ControlError("overflow", error)),
          onClose: lose,
        });
        listeners.emit("connect");
        void replay();
      },
    });
  };
  let hangUp = (): void => {};

  const scheduleAttempt = (): void => {
    if (closed || options.reconnect === false) return;
    clearTimeout(retry);
    retry = setTimeout(attempt, reconnectDelayMs(failures));
  };

  const hold = (command: Omit<QueuedCommand, "resolve" | "reject">): Promise<Reply> =>
    new Promise((resolve, reject) => {
      queue.push({ ...command, resolve, reject });
      void replay();
    });
  const request = async (command: Omit<QueuedCommand, "resolve" | "reject">): Promise<Reply> => {
    const { cmd, args, timeoutMs } = command;
    if (closed) throw new ControlError("closed", "this client was closed");
    if (options.queue !== true) return transmit(cmd, args, timeoutMs);
    if (connection === undefined || queue.size > 0 || replaying) return hold(command);
    try {
      return await transmit(cmd, args, timeoutMs);
    } catch (error) {
      // A setting without a reply may not have arrived: it is sent again, which changes nothing if it had arrived.
      if (cmd !== "set_config" || !isLoss(error) || closed) throw error;
      return hold(command);
    }
  };

  const end = (): Promise<void> => {
    closed = true;
    const ended = new Promise<void>((resolve) => {
      if (connection === undefined) resolve();
      else listeners.on("disconnect", () => resolve());
    });
    clearTimeout(retry);
    hangUp();
    const gone = new ControlError("closed", "this client was closed");
    pending.rejectAll(gone);
    for (let held = queue.shift(); held !== undefined; held = queue.shift()) held.reject(gone);
    return ended;
  };
  let ended: Promise<void> | undefined;
  const close = (): Promise<void> => (ended ??= end());

  // In the next microtask, so that the caller can add listeners first.
  queueMicrotask(() => {
    if (!closed) attempt();
  });

  return {
    path: file,
    get connected() {
      return connection !== undefined;
    },
    get queued() {
      return queue.size;
    },
    request: (cmd, args = {}, { timeoutMs = limits.replyMs, signal } = {}) => {
      const start = (): Promise<Reply> => request({ cmd, args, timeoutMs, signal });
      return signal === undefined ? start() : untilAborted(signal, cmd, start);
    },
    send(message) {
      try {
        connection?.send(message);
      } catch {
        return false;
      }
      return connection !== undefined;
    },
    on: listeners.on,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function isLoss(error: unknown): boolean {
  return error instanceof ControlError && error.code === "closed";
}
