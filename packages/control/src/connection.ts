import type { Socket } from "node:net";
import { limits } from "@vj/schema";
import type { Message } from "@vj/schema";
import { ControlError } from "./errors.ts";
import { createFrameDecoder, decodePayload, encodeFrame } from "./frame.ts";
import type { TurnBudget } from "./turn-budget.ts";

/** What a connection tells its owner. Nothing is called after `onClose`. */
export interface ConnectionHandlers {
  /** What it does at once counts as the cost of the message. */
  onMessage(message: Message): void;
  /** A whole frame that is no valid message; the connection goes on. */
  onInvalid(error: string, msgId: string | undefined): void;
  /** The connection ended; `reason` is set when it was not the peer's or our own orderly close. */
  onClose(reason: ControlError | undefined): void;
}

/** One end of a control connection: messages in, messages out, bounded both ways. */
export interface Connection {
  /**
   * Queues one message. A peer that leaves more than 4 MiB unread is disconnected.
   * @throws ControlError `frame` when the message is longer than a frame may be.
   */
  send(message: Message): void;
  /** Queues a frame encoded before, for sending the same to many. */
  sendFrame(frame: Buffer): void;
  /** Ends in order: what is queued is still delivered. */
  end(): void;
  /** Ends at once. */
  destroy(reason?: ControlError): void;
}

// After an oversize frame the peer may still be writing; it can only read our error once it has finished.
const discardMs = 2000;

/** Speaks the framing on a connected socket. */
export function openConnection(socket: Socket, budget: TurnBudget, handlers: ConnectionHandlers): Connection {
  const decoder = createFrameDecoder();
  let closed = false;
  let discarding = false;
  let reason: ControlError | undefined;

  const refuse = (error: ControlError): void => {
    discarding = true;
    reason = error;
    socket.end(encodeFrame({ type: "error", error: error.message, traceback: null }));
    socket.resume();
    const timer = setTimeout(() => socket.destroy(), discardMs);
    socket.once("close", () => clearTimeout(timer));
  };

  const drain = (): void => {
    while (!closed && !discarding && decoder.buffered > 0) {
      if (!budget.hasRoom()) {
        socket.pause();
        budget.wait(drain);
        return;
      }
      let payload: Buffer | undefined;
      try {
        payload = decoder.next();
      } catch (error) {
        refuse(error instanceof ControlError ? error : new ControlError("frame", String(error)));
        return;
      }
      if (payload === undefined) break;
      const begun = performance.now();
      const parsed = decodePayload(payload);
      if (parsed.ok) handlers.onMessage(parsed.message);
      else handlers.onInvalid(parsed.error, parsed.msgId);
      budget.spend(performance.now() - begun);
    }
    if (socket.isPaused()) socket.resume();
  };

  socket.on("data", (chunk: Buffer) => {
    if (discarding) return;
    decoder.push(chunk);
    drain();
  });
  socket.on("error", (error) => {
    // A peer that vanished is an ordinary end; the close event follows.
    reason ??= new ControlError("closed", `the connection broke: ${error.message}`, { cause: error });
  });
  socket.on("close", () => {
    if (closed) return;
    closed = true;
    budget.forget(drain);
    handlers.onClose(reason);
  });

  const sendFrame = (frame: Buffer): void => {
    if (closed || discarding || !socket.writable) return;
    socket.write(frame);
    if (socket.writableLength > limits.queuedBytes) {
      reason = new ControlError("overflow", `the peer left ${socket.writableLength} bytes unread and was disconnected`);
      socket.destroy();
    }
  };

  return {
    send: (message) => sendFrame(encodeFrame(message)),
    sendFrame,
    end: () => {
      if (!closed) socket.end();
    },
    destroy: (cause) => {
      reason ??= cause;
      socket.destroy();
    },
  };
}
