import { createClient, messageOf } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { limits } from "@vj/schema";
import { keepFeed } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";

export interface FollowOptions {
  /** Name of the worker to follow. */
  worker: string;
  busDir: string;
  /** Exact addresses, or prefixes that end in `*`. */
  addresses: readonly string[];
  /** Also hold its output; default false. */
  hold?: boolean;
  onMessage(message: OscMessage): void;
  /** Called when following begins and when the worker is lost. */
  onChange?(following: boolean): void;
  /** Called each time its output is held: what it published until then may have to be published again. */
  onHeld?(): void;
}

/** How well a worker is followed. */
export interface FollowState {
  /** `away`: no connection. `late`: connected, but silent for longer than a heartbeat may take. */
  health: "ok" | "late" | "away";
  /** What is wrong, for a person; null when nothing is. */
  problem: string | null;
  /** The `stats` of its last heartbeat; empty until there was one. */
  stats: Record<string, unknown>;
}

/** The side of the one who listens to another worker's telemetry, and may hold its output. */
export interface Follower {
  state(): FollowState;
  close(): void;
}

/** Follows a worker that comes and goes: subscribes to its telemetry, each time anew. */
export function followWorker(options: FollowOptions): Follower {
  const { worker, busDir, addresses, hold = false, onChange = () => {}, onHeld = () => {} } = options;
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
  /** Once it sends to us: from here on nothing of it is missed, so it may be held. */
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

  return {
    state: () => {
      if (!client.connected) return { health: "away", problem, stats };
      const silentMs = performance.now() - receivedAt;
      if (silentMs <= limits.heartbeatLateMs) return { health: "ok", problem, stats };
      return { health: "late", problem: `${worker} has been silent for ${Math.round(silentMs / 1000)} s`, stats };
    },
    close: () => {
      clearTimeout(retry);
      following = false;
      void feed.close();
      void client.close();
    },
  };
}

/** @throws Error with the reason when the worker does not let its output be held. */
async function holdOutput(client: ControlClient): Promise<void> {
  const reply = await client.request("hold_output");
  if (!reply.success) throw new Error(reply.message ?? "hold_output was refused");
}
