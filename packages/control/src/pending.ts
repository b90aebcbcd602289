import { toReply } from "@vj/schema";
import type { Message, Reply } from "@vj/schema";
import { ControlError } from "./errors.ts";

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: ControlError): void;
  cmd: string;
  timeoutMs: number;
  /** On the clock of `performance.now()`. */
  deadline: number;
}

/** Requests waiting for their reply, by `msg_id`. */
export interface Pending {
  /** Waits for the reply to `msgId`; rejects with `timeout` after `timeoutMs`. */
  wait(msgId: string, cmd: string, timeoutMs: number): Promise<Reply>;
  /** Settles the request that `message` answers; false when it answers none (a late reply, an unknown id, or not a reply). */
  settle(message: Message): boolean;
  /** Rejects all waiting requests. */
  rejectAll(error: ControlError): void;
  readonly size: number;
}

/** One timer serves all requests: most are answered long before it is due, so they need none of their own. */
export function createPending(): Pending {
  const waiting = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;

  const take = (msgId: string): Waiting | undefined => {
    const entry = waiting.get(msgId);
    waiting.delete(msgId);
    return entry;
  };

  const watch = (deadline: number): void => {
    if (deadline >= timerAt) return;
    clearTimeout(timer);
    timerAt = deadline;
    // On a busy machine the reply may have arrived but not been read yet: it is read before the request fails.
    timer = setTimeout(() => setImmediate(expire), Math.max(1, Math.ceil(deadline - performance.now())));
    // Unref: the connection keeps the process alive while a reply is possible.
    timer.unref();
  };

  const expire = (): void => {
    timerAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [msgId, { deadline, cmd, timeoutMs }] of [...waiting]) {
      if (deadline > now) next = Math.min(next, deadline);
      else take(msgId)?.reject(new ControlError("timeout", `no reply to ${cmd} within ${timeoutMs} ms`));
    }
    if (next < Number.POSITIVE_INFINITY) watch(next);
  };

  return {
    wait: (msgId, cmd, timeoutMs) =>
      new Promise((resolve, reject) => {
        const deadline = performance.now() + timeoutMs;
        waiting.set(msgId, { resolve, reject, cmd, timeoutMs, deadline });
        watch(deadline);
      }),
    settle(message) {
      if (message.msg_id === undefined) return false;
      switch (message.type) {
        case "ack":
        case "response": {
          const entry = take(message.msg_id);
          entry?.resolve(toReply(message));
          return entry !== undefined;
        }
        case "error": {
          const entry = take(message.msg_id);
          entry?.resolve({ success: false, message: message.error, data: message.data ?? null });
          return entry !== undefined;
        }
        case "command":
        case "heartbeat":
        case "register":
          return false;
      }
    },
    rejectAll(error) {
      for (const msgId of [...waiting.keys()]) take(msgId)?.reject(error);
    },
    get size() {
      return waiting.size;
    },
  };
}
