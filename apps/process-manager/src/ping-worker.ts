import type { ControlClient } from "@vj/control";
import { conditionOf, workerStateSchema } from "@vj/schema";
import type { Condition } from "@vj/schema";

/** Callbacks of the control connection to one process. */
export interface PingEvents {
  /** Once per `pingMs`, connected or not; but not while an answer of the worker waits to be read: then this process is busy, and the worker is not silent. */
  asked(): void;
  /** @param condition the worker's own report; null when there is none */
  answered(condition: Condition | null): void;
  heartbeat(): void;
  /** The connection was lost; the process may have ended. It reconnects automatically. */
  lost(): void;
}

const longestWaitMs = 60_000;

/** The part of a connection that pings use. */
export type PingedClient = Pick<ControlClient, "connected" | "hasUnread" | "request" | "on" | "close">;

/**
 * Pings a worker with `get_state`.
 * @param client to the worker; it reconnects automatically, and is closed at the end
 * @param pingMs called before each ping, so that a changed setting applies at once.
 * @returns a function that ends it.
 */
export function pingWorker(client: PingedClient, pingMs: () => number, events: PingEvents): () => void {
  let waiting = false;

  const ping = async (): Promise<void> => {
    // One request at a time: a hung worker must not find a backlog of them when it recovers.
    if (waiting || !client.connected) return;
    waiting = true;
    try {
      const { data } = await client.request("get_state", {}, { timeoutMs: longestWaitMs });
      const state = workerStateSchema.safeParse(data).data;
      events.answered(state === undefined ? null : conditionOf(state));
    } catch {
      // No answer: the count of unanswered pings is enough, and the reason of this one adds nothing.
    } finally {
      waiting = false;
    }
  };

  client.on("connect", () => void ping());
  client.on("disconnect", () => events.lost());
  client.on("heartbeat", () => events.heartbeat());
  let due = performance.now() + pingMs();
  const beat = (): void => {
    const now = performance.now();
    due += pingMs();
    // Late by a whole period means that we were frozen ourselves: missed pings are not repeated.
    if (due <= now) due = now + pingMs();
    timer = setTimeout(beat, due - now);
    if (!client.hasUnread) events.asked();
    void ping();
  };
  let timer = setTimeout(beat, pingMs());
  return () => {
    clearTimeout(timer);
    void client.close();
  };
}
