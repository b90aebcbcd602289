import { limits, matchesAddress } from "@vj/schema";
import { createReceiver } from "@vj/telemetry";
import type { LatestEntry, OscMessage, Receiver, ReceiverStats } from "@vj/telemetry";
import { BusFeed } from "./bus-feed.ts";
import { Ring } from "./ring.ts";

/** A message of the ring. Its arguments are decoded only if somebody asks for them. */
export interface CapturedMessage {
  readonly receivedAt: number;
  readonly message: OscMessage;
}

export interface OscIntakeOptions {
  readonly busDir: string;
  readonly self: string;
  readonly onProblem: (problem: string) => void;
}

const none: ReceiverStats = { packets: 0, messages: 0, malformed: 0, dropped: [], overflow: 0, receiveBufferBytes: 0 };

/** Listens to the whole bus on a free port of its own: the last messages, and the newest of each address. */
export class OscIntake {
  readonly #options: OscIntakeOptions;
  readonly #recent = new Ring<CapturedMessage>(limits.debuggerMessages);
  #receiver: Receiver | undefined;
  #feed: BusFeed | undefined;

  constructor(options: OscIntakeOptions) {
    this.#options = options;
  }

  /** UDP port it listens on; 0 while it does not. */
  get port(): number {
    return this.#receiver?.port ?? 0;
  }

  /** Messages kept. */
  get size(): number {
    return this.#recent.size;
  }

  /** Workers that send here now. */
  sources(): string[] {
    return this.#feed?.names() ?? [];
  }

  stats(): ReceiverStats {
    return this.#receiver?.stats() ?? none;
  }

  /** Starts listening; does nothing when it does already. */
  async open(): Promise<void> {
    if (this.#receiver !== undefined) return;
    const receiver = await createReceiver({
      onMessage: (message, receivedAt) => this.#recent.push({ receivedAt, message }),
    });
    this.#receiver = receiver;
    this.#feed = new BusFeed({ ...this.#options, port: receiver.port });
  }

  /** Ends the subscriptions and frees the port; what was captured stays. */
  async close(): Promise<void> {
    const receiver = this.#receiver;
    this.#feed?.close();
    this.#feed = undefined;
    this.#receiver = undefined;
    await receiver?.close();
  }

  /** @param pattern an exact address, or a prefix that ends in `*`. */
  messages(pattern: string | undefined): CapturedMessage[] {
    const wanted = pattern === undefined ? undefined : [pattern];
    return this.#recent.toArray().filter(({ message }) => matchesAddress(message.address, wanted));
  }

  /** The newest message of each address, sorted by address. */
  addresses(pattern: string | undefined): LatestEntry[] {
    const wanted = pattern === undefined ? undefined : [pattern];
    const entries = (this.#receiver?.entries() ?? []).filter(({ message }) => matchesAddress(message.address, wanted));
    return entries.sort((a, b) => (a.message.address < b.message.address ? -1 : 1));
  }

  clear(): void {
    this.#recent.clear();
    this.#receiver?.clear();
  }
}
