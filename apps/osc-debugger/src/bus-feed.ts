import { createClient, messageOf } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { watchWorkers } from "@vj/discovery";
import type { Watch } from "@vj/discovery";
import { limits } from "@vj/schema";

export interface BusFeedOptions {
  readonly busDir: string;
  /** Name of the process that listens: it does not subscribe to itself. */
  readonly self: string;
  /** UDP port on this machine that gets everything. */
  readonly port: number;
  readonly onProblem: (problem: string) => void;
  /** How soon a worker that did not answer is asked again. */
  readonly retryMs?: number;
}

/**
 * Keeps a telemetry subscription with every worker on the bus, those that come later or come back included. The
 * subscriptions end with `close`, or with this process: they live as long as the control connections.
 */
export class BusFeed {
  readonly #options: BusFeedOptions;
  readonly #clients = new Map<string, ControlClient>();
  readonly #subscribed = new Set<string>();
  readonly #retries = new Set<NodeJS.Timeout>();
  readonly #watch: Watch;

  constructor(options: BusFeedOptions) {
    this.#options = options;
    this.#watch = watchWorkers({
      busDir: options.busDir,
      onAppear: (name) => this.#add(name),
      onVanish: (name) => this.#remove(name),
      onProblem: options.onProblem,
    });
  }

  /** Workers that send their telemetry here now. */
  names(): string[] {
    return [...this.#subscribed].sort();
  }

  close(): void {
    this.#watch.close();
    for (const timer of this.#retries) clearTimeout(timer);
    for (const name of [...this.#clients.keys()]) this.#remove(name);
  }

  #add(name: string): void {
    if (name === this.#options.self) return;
    const client = createClient(name, { busDir: this.#options.busDir });
    this.#clients.set(name, client);
    client.on("connect", () => void this.#subscribe(name, client));
    client.on("disconnect", () => this.#subscribed.delete(name));
  }

  #remove(name: string): void {
    this.#clients.get(name)?.close();
    this.#clients.delete(name);
    this.#subscribed.delete(name);
  }

  async #subscribe(name: string, client: ControlClient): Promise<void> {
    if (this.#clients.get(name) !== client || !client.connected) return;
    try {
      const reply = await client.request("subscribe", { host: "127.0.0.1", port: this.#options.port });
      if (reply.success && client.connected) this.#subscribed.add(name);
      else if (!reply.success) this.#options.onProblem(`${name} sends no telemetry here: ${reply.message ?? "no reason given"}`);
    } catch (error) {
      // A connection that ended comes back as "connect"; a worker that was busy is asked again.
      if (this.#clients.get(name) !== client || !client.connected) return;
      this.#options.onProblem(`${name} has not taken the subscription: ${messageOf(error)}; trying again`);
      const timer = setTimeout(() => {
        this.#retries.delete(timer);
        void this.#subscribe(name, client);
      }, this.#options.retryMs ?? limits.rescanMs);
      this.#retries.add(timer);
    }
  }
}
