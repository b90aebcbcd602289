import { reservedIn } from "@vj/schema";
import type { Message, Reply } from "@vj/schema";
import { createCommandQueue } from "./command-queue.ts";
import type { QueuedCommand } from "./command-queue.ts";
import type { Connection } from "./connection.ts";
import { ControlError } from "./errors.ts";
import { createPending } from "./pending.ts";
import { aborted } from "./until-aborted.ts";

/** A command, and how long its reply may take. */
export type Command = Omit<QueuedCommand, "resolve" | "reject">;

export interface RequestsOptions {
  /** The socket of the worker, for errors. */
  readonly file: string;
  /** Random beginning of the message ids, so that no two clients of a worker use the same ids. */
  readonly idPrefix: string;
  /** Hold commands while there is no connection; else they fail with `closed`. */
  readonly queue: boolean;
  /** The current connection; undefined while there is none. */
  readonly connection: () => Pick<Connection, "send"> | undefined;
}

/** The requests of one client, over all its connections in turn. */
export interface Requests {
  /** Commands held until there is a connection. */
  readonly queued: number;
  /** Sends a command, or holds it, and waits for its reply. @throws ControlError as `ControlClient.request` does */
  request(command: Command): Promise<Reply>;
  /** Settles the request that `message` answers; false when it answers none. */
  settle(message: Message): boolean;
  /** A connection was made: sends the held commands in order. */
  replay(): void;
  /**
   * The connection is about to end because of what the peer sent: waiting commands fail with the reason, and so does every command before the
   * next connection.
   */
  fail(reason: ControlError): void;
  /** The connection has ended: commands without a reply fail with the reason, or are held again. */
  lose(reason?: ControlError): void;
  /** Rejects all waiting commands and every later one. */
  close(): void;
}

export function createRequests({ file, idPrefix, queue: holds, connection }: RequestsOptions): Requests {
  const pending = createPending();
  const queue = createCommandQueue();
  let sent = 0;
  let replaying = false;
  let closed = false;
  /** Why the last connection ended, if the peer gave a reason. */
  let lost: ControlError | undefined;
  /** Nothing can be sent any more although the connection has not ended yet. */
  let failing = false;

  const transmit = async ({ cmd, args, timeoutMs }: Command): Promise<Reply> => {
    const reserved = reservedIn(Object.keys(args));
    if (reserved !== undefined) throw new ControlError("arguments", `an argument cannot be called "${reserved}", which every message has`);
    const open = connection();
    if (open === undefined || failing) throw lost ?? new ControlError("closed", `not connected to ${file}`);
    sent += 1;
    const msgId = `${idPrefix}-${sent}`;
    open.send({ ...args, type: "command", cmd, msg_id: msgId });
    return pending.wait(msgId, cmd, timeoutMs);
  };

  /** A set_config without a reply may not have arrived: it is sent again, which changes nothing if it had. */
  const mayBeSentAgain = ({ cmd }: Command, error: unknown): boolean =>
    cmd === "set_config" && !closed && error instanceof ControlError && (error.code === "closed" || error.code === "full");

  const replay = async (): Promise<void> => {
    if (replaying) return;
    replaying = true;
    let command: QueuedCommand | undefined;
    while (connection() !== undefined && (command = queue.shift()) !== undefined) {
      if (command.signal?.aborted === true) {
        command.reject(aborted(command.cmd, command.signal));
        continue;
      }
      try {
        command.resolve(await transmit(command));
      } catch (error) {
        if (mayBeSentAgain(command, error)) queue.unshift(command);
        else command.reject(error instanceof Error ? error : new Error(String(error)));
      }
    }
    replaying = false;
  };

  const hold = (command: Command): Promise<Reply> =>
    new Promise((resolve, reject) => {
      queue.push({ ...command, resolve, reject });
      void replay();
    });

  return {
    get queued() {
      return queue.size;
    },
    async request(command) {
      if (closed) throw new ControlError("closed", "this client was closed");
      if (!holds) return transmit(command);
      if (connection() === undefined || queue.size > 0 || replaying) return hold(command);
      try {
        return await transmit(command);
      } catch (error) {
        if (!mayBeSentAgain(command, error)) throw error;
        return hold(command);
      }
    },
    settle: (message) => pending.settle(message),
    replay() {
      failing = false;
      void replay();
    },
    fail(reason) {
      lost = reason;
      failing = true;
      pending.rejectAll(reason);
    },
    lose(reason) {
      lost = reason ?? (failing ? lost : undefined);
      pending.rejectAll(lost ?? new ControlError("closed", `the connection to ${file} ended before the reply`));
    },
    close() {
      closed = true;
      const gone = new ControlError("closed", "this client was closed");
      pending.rejectAll(gone);
      for (let held = queue.shift(); held !== undefined; held = queue.shift()) held.reject(gone);
    },
  };
}
