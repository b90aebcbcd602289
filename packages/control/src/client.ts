import { randomUUID } from "node:crypto";
import path from "node:path";
import { limits } from "@vj/schema";
import type { ErrorMessage, Reply } from "@vj/schema";
import { openConnection } from "./connection.ts";
import type { Connection } from "./connection.ts";
import type { ClientEvents, ClientOptions, ConnectOptions, ControlClient } from "./control-client.ts";
import { ControlError } from "./errors.ts";
import { createListeners } from "@vj/schema";
import { createRedial } from "./redial.ts";
import { createRequests } from "./requests.ts";
import { resolveSocket } from "./socket-path.ts";
import { processTraffic } from "./traffic.ts";
import { aborted, untilAborted } from "./until-aborted.ts";

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
  const { busDir, connectTimeoutMs = limits.connectMs, reconnect = true, traffic = processTraffic, queue = false } = options;
  const file = resolveSocket(nameOrPath, busDir);
  const listeners = createListeners<ClientEvents>();
  let connection: Connection | undefined;
  /** Why the peer ends the connection, in its words. */
  let farewell: ControlError | undefined;
  let closed: Promise<void> | undefined;
  const requests = createRequests({ file, idPrefix: randomUUID().slice(0, 8), queue, connection: () => connection });

  const redial = createRedial({
    file,
    named: !nameOrPath.includes("/"),
    timeoutMs: connectTimeoutMs,
    again: reconnect,
    onFail: (error) => listeners.emit("unreachable", error),
    onConnect: (socket) => {
      farewell = undefined;
      connection = openConnection(socket, traffic, limits.replyValues, {
        onMessage: (message) => {
          if (message.type === "error" && message.msg_id === undefined) farewell = farewellOf(file, message);
          if (message.type === "heartbeat") listeners.emit("heartbeat", message);
          else if (!requests.settle(message)) listeners.emit("message", message);
        },
        onInvalid: ({ error }) => {
          const reason = new ControlError("frame", error);
          requests.fail(unreadable(file, reason));
          socket.destroy(reason);
        },
        onRefused: (reason) => requests.fail(reason.code === "frame" ? unreadable(file, reason) : reason),
        onBusy: (error) => socket.destroy(new ControlError("overflow", error)),
        onClose: lose,
      });
      listeners.emit("connect");
      requests.replay();
    },
  });
  const lose = (reason: ControlError | undefined): void => {
    connection = undefined;
    listeners.emit("disconnect", reason);
    requests.lose(farewell);
    redial.lost(reason?.code === "frame");
  };

  const end = (): Promise<void> => {
    const ended = new Promise<void>((resolve) => {
      if (connection === undefined) resolve();
      else listeners.on("disconnect", () => resolve());
    });
    redial.stop();
    requests.close();
    return ended;
  };
  const close = (): Promise<void> => (closed ??= end());

  // In the next microtask, so that the caller can add listeners first.
  queueMicrotask(() => redial.start());

  return {
    path: file,
    get connected() {
      return connection !== undefined;
    },
    get hasUnread() {
      return connection?.hasUnread === true;
    },
    get queued() {
      return requests.queued;
    },
    request: (cmd, args = {}, { timeoutMs = limits.replyMs, signal } = {}) => {
      const start = (): Promise<Reply> => requests.request({ cmd, args, timeoutMs, signal });
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

/** The error for the last message of a peer that ends the connection: `full` when it had too many clients or commands, else `closed`. */
function farewellOf(file: string, { error, data }: ErrorMessage): ControlError {
  return new ControlError(data?.["code"] === "busy" ? "full" : "closed", `${path.basename(file, ".sock")} ended the connection: ${error}`);
}

/** The error of what waits for a reply when a peer sends what is not a message. */
function unreadable(file: string, reason: ControlError): ControlError {
  return new ControlError("frame", `what ${path.basename(file, ".sock")} sends cannot be read: ${reason.message}`, { cause: reason });
}
