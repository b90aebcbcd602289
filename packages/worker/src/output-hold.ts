import { createClient, messageOf } from "@vj/control";
import type { ControlClient, Peer } from "@vj/control";
import { limits } from "@vj/schema";
import { createReceiver } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";
import { z } from "zod";
import { defineCommand } from "./command-table.ts";
import type { CommandDefinition } from "./command-table.ts";
import { ok } from "./reply.ts";

/**
 * The side of the worker whose output can be held: while at least one connection holds it, somebody else speaks for it.
 * Put {@link OutputHold.command} into the command table as `hold_output`.
 */
export class OutputHold {
  readonly #holders = new Set<Peer>();
  readonly #onChange: (held: boolean) => void;

  /** @param onChange told when the first connection holds the output, and when the last one that held it has closed. */
  constructor(onChange: (held: boolean) => void) {
    this.#onChange = onChange;
  }

  get held(): boolean {
    return this.#holders.size > 0;
  }

  /** The command `hold_output`; asking twice on one connection changes nothing. */
  command(): CommandDefinition {
    return defineCommand({
      description: "Keeps it from publishing what counts, /karaoke/*, for as long as this connection lives",
      args: z.object({}),
      run: (_args, peer) => {
        this.#add(peer);
        return ok("Output held until this connection closes");
      },
    });
  }

  #add(peer: Peer): void {
    if (this.#holders.has(peer)) return;
    this.#holders.add(peer);
    if (this.#holders.size === 1) this.#onChange(true);
    peer.onClose(() => {
      this.#holders.delete(peer);
      if (this.#holders.size === 0) this.#onChange(false);
    });
  }
}

export interface FollowOptions {
  /** Name of the worker to follow. */
  worker: string;
  busDir: string;
  /** Exact addresses, or prefixes that end in `*`. */
  addresses: readonly string[];
  /** Also hold its output; default false. */
  hold?: boolean;
  onMessage(message: OscMessage): void;
  /** Told when it begins to be followed and when it is lost. */
  onChange?(following: boolean): void;
  /** Told each time its output is held: what it published until then may have to be said anew. */
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
  close(): Promise<void>;
}

/**
 * Follows a worker that comes and goes: subscribes to its telemetry on a receiver of its own, each time anew.
 * @throws Error when no UDP port can be opened.
 */
export async function followWorker(options: FollowOptions): Promise<Follower> {
  const { worker, busDir, addresses, hold = false, onChange = () => {}, onHeld = () => {} } = options;
  const receiver = await createReceiver({
    onMessage: (message) => {
      if (following) options.onMessage(message);
    },
  });
  const client = createClient(worker, { busDir });
  const commands: [string, Record<string, unknown>][] = [["subscribe", { port: receiver.port, addresses }]];
  if (hold) commands.push(["hold_output", {}]);
  let following = false;
  let problem: string | null = `${worker} is not running`;
  let stats: Record<string, unknown> = {};
  let heardAt = 0;
  let retry: NodeJS.Timeout | undefined;

  const change = (now: boolean): void => {
    if (following === now) return;
    following = now;
    onChange(now);
  };
  const begin = async (): Promise<void> => {
    // Telemetry may come before the reply to `subscribe`: it belongs to this connection already.
    change(true);
    problem = (await refusal(client, commands)) ?? null;
    if (problem !== null && client.connected) retry = setTimeout(() => void begin(), limits.replyMs);
    else if (client.connected) {
      heardAt = performance.now();
      if (hold) onHeld();
    }
  };
  client.on("connect", () => {
    heardAt = performance.now();
    void begin();
  });
  client.on("heartbeat", (heartbeat) => {
    heardAt = performance.now();
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
      const silentMs = performance.now() - heardAt;
      if (silentMs <= limits.heartbeatLateMs) return { health: "ok", problem, stats };
      return { health: "late", problem: `${worker} has been silent for ${Math.round(silentMs / 1000)} s`, stats };
    },
    close: async () => {
      clearTimeout(retry);
      following = false;
      client.close();
      await receiver.close();
    },
  };
}

/** Sends the commands in order. @returns why one was not carried out, if so. */
async function refusal(client: ControlClient, commands: [string, Record<string, unknown>][]): Promise<string | undefined> {
  for (const [cmd, args] of commands) {
    try {
      const reply = await client.request(cmd, args);
      if (!reply.success) return reply.message ?? `${cmd} was refused`;
    } catch (error) {
      return messageOf(error);
    }
  }
  return undefined;
}
