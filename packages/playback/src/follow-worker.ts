import { busDir as defaultBusDir, createClient } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { limits, messageOf } from "@vj/schema";
import { keepFeed } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";

/** Which worker is followed, and what is called with its messages. */
export interface FollowOptions {
  /** Name of the worker to follow. */
  worker: string;
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  busDir?: string | undefined;
  /** Exact addresses, or prefixes that end in `*`. */
  addresses: readonly string[];
  /** Also hold its output; default false. */
  hold?: boolean;
  onMessage(message: OscMessage): void;
  /** Called when following begins and when the worker is lost. */
  onChange?(following: boolean): void;
  /** Called each time its output is held: the holder may have to publish the current track again. */
  onHeld?(): void;
}

/** State of the connection to a followed worker. */
export interface FollowState {
  /** `away`: no connection. `late`: connected, but silent for longer than a heartbeat may take. */
  health: "ok" | "late" | "away";
  /** The problem, for a person; null when there is none. */
  problem: string | null;
  /** The `stats` of its last heartbeat; empty until there was one. */
  stats: Record<string, unknown>;
}

/** Receives another worker's telemetry, and may hold its output. */
export interface Follower extends AsyncDisposable {
  state(): FollowState;
  close(): Promise<void>;
}

/** Follows a worker across its restarts: subscribes to its telemetry after each reconnection. */
export function followWorker(options: FollowOptions): Follower {
  const { worker, busDir = defaultBusDir(), addresses, hold = false, onChange = () => {}, onHeld = () => {} } = options;
  const client = createClient(worker, { busDir });
  const onMessage = (message: OscMessage): void => {
    if (following) options.onMessage(message);
  };
  let following = false;
  let problem: string | null = `${worker} is not running`;
  let stats: Record<string, unknown> = {};
  let receivedAt = 0;
  let retry: NodeJS.Timeout | undefined;

  const change = (now: boolean): void => {
    if (following === now) return;
    following = now;
    onChange(now);
  };
  /** Once it sends to us, we miss nothing, so its output may be held. */
  const begin = async (): Promise<void> => {
    try {
      if (hold) await holdOutput(client);
      problem = null;
      if (hold) onHeld();
    } catch (error) {
      if (!client.connected) return;
      problem = messageOf(error);
      retry = setTimeout(() => void begin(), limits.replyMs);
    }
  };
  client.on("connect", () => {
    receivedAt = performance.now();
    change(true);
  });
  const feed = keepFeed(client, {
    addresses,
    onMessage,
    retryMs: limits.replyMs,
    onChange: (subscribed) => {
      if (subscribed) void begin();
    },
    onProblem: (why) => (problem = why),
  });
  client.on("heartbeat", (heartbeat) => {
    receivedAt = performance.now();
    stats = heartbeat.stats;
  });
  client.on("disconnect", () => {
    clearTimeout(retry);
    problem = `${worker} is not running`;
    stats = {};
    change(false);
  });
  client.on("unreachable", (error) => (problem = error.message));

  const close = async (): Promise<void> => {
    clearTimeout(retry);
    following = false;
    await Promise.all([feed.close(), client.close()]);
  };
  return {
    state: () => {
      if (!client.connected) return { health: "away", problem, stats };
      const silentMs = performance.now() - receivedAt;
      if (silentMs <= limits.heartbeatLateMs) return { health: "ok", problem, stats };
      return { health: "late", problem: `${worker} has been silent for ${Math.round(silentMs / 1000)} s`, stats };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** @throws an error with the reason when the worker refuses to let its output be held. */
async function holdOutput(client: ControlClient): Promise<void> {
  const reply = await client.request("hold_output");
  if (!reply.success) throw new Error(reply.message ?? "hold_output was refused");
}
