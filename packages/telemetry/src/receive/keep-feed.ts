import { limits, messageOf } from "@vj/contract";
import { subscribeTo } from "./feed.ts";
import type { Feed, FeedClient, FeedOptions } from "./feed.ts";

/** What is subscribed to, and what is called with it and with its interruptions. */
export interface KeepFeedOptions extends Omit<FeedOptions, "signal"> {
  /** Called when the worker begins to send, and when it stops with its connection. */
  readonly onChange?: (subscribed: boolean) => void;
  /** Called with the reason why the worker does not send, once for each reason until it does; the subscription is tried again. */
  readonly onProblem?: (problem: string) => void;
  /** Delay before the next try, milliseconds; default 5 s. */
  readonly retryMs?: number;
}

/** A subscription that is kept up across all connections of a client. */
export interface KeptFeed extends AsyncDisposable {
  /** Subscribes to other addresses, at this rate, from now on; lists and states are sent again. */
  listen(addresses: readonly string[] | undefined, rate?: number): void;
  /** Resolves when our port is free. */
  close(): Promise<void>;
}

/** Subscribes whenever the client is connected, each time on a fresh socket, and asks again while it is refused. */
export function keepFeed(client: FeedClient, options: KeepFeedOptions): KeptFeed {
  const { onChange = () => {}, onProblem = () => {}, retryMs = limits.rescanMs } = options;
  let { addresses, rate } = options;
  let feed: Feed | undefined;
  let renewing = false;
  let wanted = 0;
  let retry: NodeJS.Timeout | undefined;
  let problem: string | undefined;
  let closed = false;

  const renew = async (): Promise<void> => {
    clearTimeout(retry);
    wanted += 1;
    // The running attempt sees the count and starts again.
    if (renewing) return;
    renewing = true;
    for (let begun = 0; begun !== wanted && !closed && client.connected; ) {
      begun = wanted;
      await attempt();
    }
    renewing = false;
  };

  const attempt = async (): Promise<void> => {
    try {
      const next = await subscribeTo(client, { ...options, addresses, rate });
      void feed?.close();
      feed = next;
      if (closed) return next.close();
      problem = undefined;
      onChange(true);
    } catch (error) {
      // If the connection ended, the next one brings the next attempt.
      if (closed || !client.connected) return;
      const why = messageOf(error);
      if (why !== problem) onProblem(why);
      problem = why;
      retry = setTimeout(() => void renew(), retryMs);
    }
  };

  const undo = [
    client.on("connect", () => void renew()),
    client.on("disconnect", () => {
      clearTimeout(retry);
      // The feed has closed itself.
      feed = undefined;
      onChange(false);
    }),
  ];
  if (client.connected) void renew();

  const close = async (): Promise<void> => {
    closed = true;
    clearTimeout(retry);
    for (const off of undo) off();
    await feed?.close();
  };
  return {
    listen(next, nextRate) {
      [addresses, rate] = [next, nextRate];
      if (client.connected) void renew();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
