import { createClient } from "@vj/control";
import { watchWorkers } from "@vj/discovery";
import type { Watch } from "@vj/discovery";
import { keepFeed } from "@vj/telemetry";
import type { FeedOptions } from "@vj/telemetry";

export interface BusFeedOptions extends FeedOptions {
  readonly busDir: string;
  /** Name of the process that listens: it does not subscribe to itself. */
  readonly self: string;
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
  readonly #clients = new Map<string, { close(): void }>();
  readonly #subscribed = new Set<string>();
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
    for (const name of [...this.#clients.keys()]) this.#remove(name);
  }

  #add(name: string): void {
    if (name === this.#options.self) return;
    const client = createClient(name, { busDir: this.#options.busDir });
    this.#clients.set(name, client);
    keepFeed(client, {
      ...this.#options,
      onChange: (subscribed) => (subscribed ? this.#subscribed.add(name) : this.#subscribed.delete(name)),
      onProblem: (problem) => this.#options.onProblem(`${name} sends no telemetry here: ${problem}`),
    });
  }

  #remove(name: string): void {
    this.#clients.get(name)?.close();
    this.#clients.delete(name);
    this.#subscribed.delete(name);
  }
}
