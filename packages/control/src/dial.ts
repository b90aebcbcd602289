import { connect } from "node:net";
import type { Socket } from "node:net";
import { ControlError, connectError, systemErrorCode } from "./errors.ts";

// Interval between attempts while the listener's queue is full: Linux then answers EAGAIN at once.
const fullQueueRetryMs = 20;

/** Outcome of an attempt to connect: exactly one is called, and none after an abort. */
export interface DialHandlers {
  onConnect(socket: Socket): void;
  onFail(error: ControlError): void;
}

/**
 * Tries to connect to a socket file until it accepts, refuses, or `timeoutMs` is over. An owner too busy to accept is
 * alive, so it is tried again until then.
 * @returns a function that aborts the attempt, or closes the connection it led to.
 */
export function dial(file: string, timeoutMs: number, handlers: DialHandlers): () => void {
  let socket: Socket;
  let retry: NodeJS.Timeout | undefined;
  let over = false;

  const fail = (error: ControlError): void => {
    // A failed connect is reported a tick later, when the attempt may already be aborted.
    if (over) return;
    abort();
    handlers.onFail(error);
  };
  const attempt = (): void => {
    socket = connect(file);
    const failed = (error: Error): void => {
      if (systemErrorCode(error) === "EAGAIN" && !over) retry = setTimeout(attempt, fullQueueRetryMs);
      else fail(connectError(file, error));
    };
    socket.once("error", failed);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.off("error", failed);
      handlers.onConnect(socket);
    });
  };
  const abort = (): void => {
    over = true;
    clearTimeout(timer);
    clearTimeout(retry);
    socket.destroy();
  };
  const timer = setTimeout(() => fail(new ControlError("timeout", `${file} did not accept a connection in time`)), timeoutMs);
  attempt();
  return abort;
}
