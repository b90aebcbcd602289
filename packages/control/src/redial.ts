import type { Socket } from "node:net";
import path from "node:path";
import { checkBusDir } from "./bus-dir.ts";
import { dial } from "./dial.ts";
import { ControlError, connectError } from "./errors.ts";
import { reconnectDelayMs } from "./reconnect.ts";

export interface RedialOptions {
  /** The socket of the worker. */
  readonly file: string;
  /** The file was found by a name: check its directory, which another user may have prepared. A path was chosen by the caller. */
  readonly named: boolean;
  /** Limit for one attempt, milliseconds. */
  readonly timeoutMs: number;
  /** Whether another attempt follows one that failed, and a loss. */
  readonly again: boolean;
  readonly onConnect: (socket: Socket) => void;
  /** An attempt failed; the next one has been planned. */
  readonly onFail: (error: ControlError) => void;
}

/** Connects, and connects again. */
export interface Redial {
  /** Tries now. */
  start(): void;
  /**
   * The connection was lost: tries again after a delay. @param isFault it ended because of what the peer sent. The next one would soon end
   * too, so the delay is that after many failures.
   */
  lost(isFault: boolean): void;
  /** Ends the current attempt; no other one follows. */
  stop(): void;
}

/** Connects to one socket again and again; the more attempts have failed, the longer it waits before the next. */
export function createRedial({ file, named, timeoutMs, again, onConnect, onFail }: RedialOptions): Redial {
  let failures = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let hangUp = (): void => {};

  const plan = (after = failures): void => {
    if (stopped || !again) return;
    clearTimeout(timer);
    timer = setTimeout(attempt, reconnectDelayMs(after));
  };
  const fail = (error: ControlError): void => {
    failures += 1;
    plan();
    onFail(error);
  };
  const attempt = (): void => {
    if (stopped) return;
    try {
      if (named) checkBusDir(path.dirname(file));
    } catch (error) {
      fail(error instanceof ControlError ? error : connectError(file, error));
      return;
    }
    hangUp = dial(file, timeoutMs, {
      onFail: fail,
      onConnect: (socket) => {
        failures = 0;
        onConnect(socket);
      },
    });
  };

  return {
    start: attempt,
    lost: (isFault) => plan(isFault ? Infinity : 0),
    stop() {
      stopped = true;
      clearTimeout(timer);
      hangUp();
    },
  };
}
