import type { Socket } from "node:net";
import { limits, messageOf, shorten, withCode } from "@vj/schema";
import type { Ack, Command, ErrorMessage, Issue, Message, RefusalCode, Response } from "@vj/schema";
import { openConnection } from "./connection.ts";
import type { Connection } from "./connection.ts";
import { ControlError } from "./errors.ts";
import { encodeReply, errorMessage, failedAck } from "./frame.ts";
import type { Traffic } from "./traffic.ts";

/** A reply before its `msg_id` is filled in. */
export type ReplyMessage = Ack | Response;

/** One connected client, as a command handler sees it. */
export interface Peer {
  /** Counts up from 1 for each connection of this server. */
  readonly id: number;
  /** On the clock of `performance.now()`. */
  readonly connectedAt: number;
  /** @throws ControlError `frame` when the message is longer than a frame may be. */
  send(message: Message): void;
  /** `close` comes once, when the connection ends, or at once if it has ended. Returns a function that removes the listener. */
  on(event: "close", listener: () => void): () => void;
}

/** A server's handlers for its clients' messages. */
export interface PeerHandlers {
  /** Answers one command. An exception becomes a failed `ack`. */
  onCommand(command: Command, peer: Peer): ReplyMessage | Promise<ReplyMessage>;
  /** Messages that are neither commands nor replies: `register` and `heartbeat`. Without this handler they are refused. */
  onMessage?(message: Message, peer: Peer): void;
}

export interface PeerOptions extends PeerHandlers {
  readonly id: number;
  readonly traffic: Traffic;
  report(fault: ControlError): void;
  /** Runs a listener; an exception is reported and ends nothing. */
  guard(act: () => void): void;
  /** The connection has ended. Called before the `close` listeners of the peer. */
  onClose(peer: Peer): void;
}

/** A connection together with the peer that handlers receive. */
export interface ServedPeer {
  readonly peer: Peer;
  readonly connection: Connection;
}

/** Answers one client until its connection ends. */
export function servePeer(socket: Socket, options: PeerOptions): ServedPeer {
  const { report, guard } = options;
  const closeListeners = new Set<() => void>();
  let open = true;
  let pending = 0;

  const answer = (command: Command, reply: ReplyMessage): void => {
    const whole = complete(reply);
    const echoed = command.msg_id === undefined ? whole : { ...whole, msg_id: command.msg_id };
    connection.sendFrame(encodeReply(echoed, shorten(command.cmd, limits.nameCharacters)));
  };
  const fail = (command: Command, error: unknown): void => answer(command, failedAck(`${command.cmd} failed: ${messageOf(error)}`, "failed"));

  // A synchronous answer is sent at once, so that it counts as part of the turn of its message.
  const run = (command: Command): void => {
    if (pending >= limits.pendingCommands) {
      answer(command, failedAck(`busy: ${pending} commands of this connection wait already; read their replies first`, "busy"));
      return;
    }
    let reply: ReplyMessage | Promise<ReplyMessage>;
    try {
      reply = options.onCommand(command, peer);
    } catch (error) {
      fail(command, error);
      return;
    }
    if (!(reply instanceof Promise)) {
      answer(command, reply);
      return;
    }
    pending += 1;
    reply
      .then((later) => answer(command, later), (error: unknown) => fail(command, error))
      .finally(() => (pending -= 1))
      .catch((error: unknown) => report(new ControlError("failed", messageOf(error), { cause: error })));
  };
  const refuse = (error: string, msgId: string | undefined, code: RefusalCode, issues: readonly Issue[] = []): void => {
    const reply: Ack | ErrorMessage = msgId === undefined ? errorMessage(error, code, issues) : { ...failedAck(error, code, issues), msg_id: msgId };
    connection.sendFrame(encodeReply(reply, "this message"));
  };

  const connection = openConnection(socket, options.traffic, limits.messageValues, {
    onMessage: (message) => {
      if (message.type === "command") run(message);
      else if (options.onMessage !== undefined && (message.type === "register" || message.type === "heartbeat")) {
        options.onMessage(message, peer);
      } else {
        refuse(`a message of type ${message.type} is not expected here`, undefined, "refused");
      }
    },
    onInvalid: ({ error, msgId, issues }) => refuse(error, msgId, "bad_arguments", issues),
    onBusy: (error, msgId) => refuse(error, msgId, "busy"),
    onClose: (reason) => {
      open = false;
      options.onClose(peer);
      for (const listener of closeListeners) guard(listener);
      closeListeners.clear();
      if (reason !== undefined && reason.code !== "closed") report(reason);
    },
  });
  const peer: Peer = {
    id: options.id,
    connectedAt: performance.now(),
    send: connection.send,
    on: (_event, listener) => {
      if (!open) {
        listener();
        return () => {};
      }
      closeListeners.add(listener);
      return () => void closeListeners.delete(listener);
    },
  };
  return { peer, connection };
}

/** Adds the required fields to a reply: whether it is a success, and the code of a refusal. */
function complete(reply: ReplyMessage): ReplyMessage {
  if (reply.type === "response") return { ...reply, success: true };
  return reply.success ? reply : { ...reply, data: withCode(reply.data) };
}
