import type { Socket } from "node:net";
import { limits, messageOf } from "@vj/schema";
import type { InvalidMessage, Message, RefusalCode } from "@vj/schema";
import { ControlError } from "./errors.ts";
import type { ControlErrorCode } from "./errors.ts";
import { createFrameDecoder, decodePayload, encodeFrame, encodeReply, errorMessage, glimpseMsgId } from "./frame.ts";
import type { ReceiveLimit } from "./frame.ts";
import type { Traffic } from "./traffic.ts";

/** Callbacks of a connection. Nothing is called after `onClose`. An exception in a handler ends only this connection. */
export interface ConnectionHandlers {
  /** The synchronous part counts as the cost of the message. */
  onMessage(message: Message): void;
  /** A whole frame that is not a valid message; the connection stays open. */
  onInvalid(invalid: InvalidMessage): void;
  /** A whole frame that was not read because too many large ones wait already; the connection stays open. */
  onBusy(error: string, msgId: string | undefined): void;
  /** The connection is about to be ended because of what the peer does: it sends nothing any more, and `onClose` follows within 2 s. */
  onRefused?(reason: ControlError): void;
  /** The connection ended; `reason` is set unless the peer or we closed it in order. */
  onClose(reason: ControlError | undefined): void;
}

/** One end of a control connection: sends and receives messages, with limits in both directions. */
export interface Connection {
  /** Whether a message that has arrived waits for its turn, because this process is busy. */
  readonly hasUnread: boolean;
  /**
   * Queues one message. A peer with more than 4 MiB unread, or one that reads nothing for 30 s, is disconnected; when all
   * peers together leave too much unread, the slowest is.
   * @throws ControlError `frame` when the message is longer than a frame may be.
   */
  send(message: Message): void;
  /** Queues an encoded frame, so that one encoding can go to many peers. */
  sendFrame(frame: Buffer): void;
  /** Ends in order: queued messages are still delivered. */
  end(): void;
  /** Ends at once. */
  destroy(reason?: ControlError): void;
}

// After an oversize frame the peer may still be writing; it can only read our error once it has finished.
const discardMs = 2000;

/** Code in the last message to a peer whose connection we end. */
const endCodes: Readonly<Partial<Record<ControlErrorCode, RefusalCode>>> = { frame: "bad_arguments", timeout: "cancelled", overflow: "busy" };

/** Sends and receives frames on a connected socket. @param maxValues fields and list elements that a message may have */
export function openConnection(
  socket: Socket,
  { budget, largeFrames, received, unsent }: Traffic,
  maxValues: ReceiveLimit,
  handlers: ConnectionHandlers,
): Connection {
  const decoder = createFrameDecoder();
  let closed = false;
  let discarding = false;
  let reason: ControlError | undefined;
  /** State of a large frame: it waits for its turn, or has it. */
  let turn: "none" | "waits" | "has" = "none";
  let framesTaken = 0;
  let halfTimer: NodeJS.Timeout | undefined;
  let unreadTimer: NodeJS.Timeout | undefined;

  const refuse = (error: ControlError): void => {
    if (closed || discarding) return;
    discarding = true;
    reason = error;
    settle();
    decoder.clear();
    socket.end(encodeReply(errorMessage(error.message, endCodes[error.code] ?? "failed"), "this connection"));
    socket.resume();
    handlers.onRefused?.(error);
    const timer = setTimeout(() => socket.destroy(), discardMs);
    socket.once("close", () => clearTimeout(timer));
  };
  const receivedHere = {
    measure: () => decoder.held,
    evict: (total: number) =>
      refuse(new ControlError("overflow", `unfinished frames of all clients hold ${total} bytes; the one that held most was disconnected`)),
  };
  const unsentHere = {
    measure: () => socket.writableLength,
    evict: (total: number) => drop(`all peers left ${total} bytes unread; the one that left most was disconnected`),
  };
  const drop = (why: string): void => {
    reason ??= new ControlError("overflow", why);
    socket.destroy();
  };
  /** Cancels every wait of this connection. */
  const settle = (): void => {
    budget.forget(drain);
    largeFrames.forget(takeTurn);
    clearTimeout(halfTimer);
    halfTimer = undefined;
    received.note(receivedHere, 0);
  };

  /** A frame must be complete in time after its first byte, even while this process is busy. */
  const watchHalfFrame = (): void => {
    if (decoder.buffered === 0 || halfTimer !== undefined) return;
    const since = framesTaken;
    halfTimer = setTimeout(() => {
      // Read first what arrived while this process was busy.
      setImmediate(() => {
        if (closed || discarding || framesTaken !== since || turn !== "none" || decoder.nextLength !== undefined) return;
        refuse(new ControlError("timeout", `a frame was not finished within ${limits.halfFrameMs / 1000} s`));
      });
    }, limits.halfFrameMs);
    halfTimer.unref();
  };
  const tookFrame = (): void => {
    framesTaken += 1;
    turn = "none";
    if (halfTimer === undefined) return;
    clearTimeout(halfTimer);
    halfTimer = undefined;
  };

  /** Bytes that the kernel has accepted from us. */
  const delivered = (): number => socket.bytesWritten - socket.writableLength;
  const watchReader = (): void => {
    const before = delivered();
    unreadTimer = setTimeout(() => {
      if (delivered() > before) watchReader();
      else drop(`the peer read nothing for ${limits.unreadMs / 1000} s and was disconnected`);
    }, limits.unreadMs);
    unreadTimer.unref();
  };

  const takeTurn = (): void => {
    turn = "has";
    drain();
  };
  /** Whether the next frame may be read now. */
  const hasTurn = (): boolean => {
    const length = decoder.nextLength;
    return length === undefined || length <= limits.largeFrameBytes || turn === "has" || largeFrames.take();
  };
  /** @returns the milliseconds that it took */
  const handle = (payload: Buffer): number => {
    const begun = performance.now();
    try {
      const parsed = decodePayload(payload, maxValues);
      if (parsed.ok) handlers.onMessage(parsed.message);
      else handlers.onInvalid(parsed);
    } catch (error) {
      refuse(new ControlError("failed", `a message could not be handled: ${messageOf(error)}`, { cause: error }));
    }
    const ms = performance.now() - begun;
    budget.spend(ms);
    return ms;
  };
  /** Handles all whole frames that may be read now. @returns whether it waits for something other than more bytes. */
  const takeFrames = (): boolean => {
    let spentMs = 0;
    while (!closed && !discarding && decoder.buffered > 0) {
      if (!budget.hasRoom(spentMs)) {
        budget.wait(drain);
        return true;
      }
      const mayRead = hasTurn();
      if (!mayRead && largeFrames.wait(takeTurn)) {
        turn = "waits";
        return true;
      }
      let payload: Buffer | undefined;
      try {
        payload = decoder.next();
      } catch (error) {
        refuse(error instanceof ControlError ? error : new ControlError("frame", String(error)));
        return false;
      }
      if (payload === undefined) return false;
      tookFrame();
      if (mayRead) spentMs += handle(payload);
      else handlers.onBusy(`busy: ${limits.largeFramesWaiting} frames over ${limits.largeFrameBytes} bytes wait already; try again later`, glimpseMsgId(payload));
    }
    return false;
  };
  let noted = 0;
  let waits = false;
  const drain = (): void => {
    if (turn === "waits") return;
    waits = takeFrames();
    if (closed || discarding) return;
    if (noted > 0 || decoder.buffered > 0) {
      noted = decoder.held;
      received.note(receivedHere, noted);
    }
    if (waits) {
      socket.pause();
      return;
    }
    watchHalfFrame();
    if (socket.isPaused()) socket.resume();
  };

  socket.on("data", (chunk: Buffer) => {
    if (discarding) return;
    decoder.push(chunk);
    drain();
  });
  socket.on("error", (error) => {
    // The loss of a peer is an ordinary end; the close event follows. When we ended the connection, our error is the reason.
    reason ??= error instanceof ControlError ? error : new ControlError("closed", `the connection broke: ${error.message}`, { cause: error });
  });
  socket.on("drain", () => {
    clearTimeout(unreadTimer);
    unreadTimer = undefined;
    unsent.note(unsentHere, socket.writableLength);
  });
  socket.on("close", () => {
    if (closed) return;
    closed = true;
    clearTimeout(unreadTimer);
    settle();
    unsent.note(unsentHere, 0);
    handlers.onClose(reason);
  });

  const sendFrame = (frame: Buffer): void => {
    if (closed || discarding || !socket.writable) return;
    if (socket.write(frame)) return;
    const bytes = socket.writableLength;
    if (bytes > limits.queuedBytes) {
      drop(`the peer left ${bytes} bytes unread and was disconnected`);
      return;
    }
    unsent.note(unsentHere, bytes);
    if (unreadTimer === undefined) watchReader();
  };

  return {
    get hasUnread() {
      return waits;
    },
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
