import { toReply } from "@vj/schema";
import type { Message, Reply } from "@vj/schema";
import { ControlError } from "./errors.ts";

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: ControlError): void;
  timer: NodeJS.Timeout;
  cmd: string;
}

/** Requests that wait for their reply, by `msg_id`. */
export interface Pending {
  /** Waits for the reply to `msgId`; rejects with `timeout` after `timeoutMs`. */
  wait(msgId: string, cmd: string, timeoutMs: number): Promise<Reply>;
  /** Settles the request that `message` answers; false when it answers none (late, unknown, or no reply at all). */
  settle(message: Message): boolean;
  /** Rejects all that wait. */
  rejectAll(error: ControlError): void;
  readonly size: number;
}

export function createPending(): Pending {
  const waiting = new Map<string, Waiting>();

  const take = (msgId: string): Waiting | undefined => {
    const entry = waiting.get(msgId);
    if (entry === undefined) return undefined;
    waiting.delete(msgId);
    clearTimeout(entry.timer);
    return entry;
  };

  return {
    wait: (msgId, cmd, timeoutMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(msgId);
          reject(new ControlError("timeout", `no reply to ${cmd} within ${timeoutMs} ms`));
        }, timeoutMs);
        waiting.set(msgId, { resolve, reject, timer, cmd });
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
          entry?.resolve({ success: false, message: message.error, data: null });
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
