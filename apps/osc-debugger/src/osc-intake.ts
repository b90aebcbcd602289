import { openRig } from "@vj/rig";
import type { Rig } from "@vj/rig";
import { limits, matchesAddress } from "@vj/schema";
import { Latest, createReceiver } from "@vj/telemetry";
import type { LatestEntry, OscMessage, Receiver } from "@vj/telemetry";
import { Ring } from "./ring.ts";

/** A message of the ring. Its arguments are decoded only when they are read. */
export interface CapturedMessage {
  readonly receivedAt: number;
  readonly message: OscMessage;
}

export interface OscIntakeOptions {
  readonly busDir: string;
  readonly self: string;
  readonly onProblem: (problem: string) => void;
}

/** Counts of received messages. */
export interface OscIntakeStats {
  readonly messages: number;
  /** Packets dropped because they are not valid OSC. */
  readonly malformed: number;
  /** Messages of addresses beyond the limit. */
  readonly overflow: number;
}

/**
 * Listens to the whole bus: keeps the last messages, and the newest of each address. Each worker sends to a separate
 * socket that accepts nothing else; in addition, a free port accepts packets of any sender for inspection.
 */
export class OscIntake {
  readonly #options: OscIntakeOptions;
  readonly #recent = new Ring<CapturedMessage>(limits.debuggerMessages);
  /** Messages of the workers, and of any sender to our port. */
  readonly #latest = new Latest();
  #counts = { messages: 0, malformed: 0 };
  #receiver: Receiver | undefined;
  #rig: Rig | undefined;

  constructor(options: OscIntakeOptions) {
    this.#options = options;
  }

  /** UDP port open to any sender; 0 while it does not listen. */
  get port(): number {
    return this.#receiver?.port ?? 0;
  }

  /** Number of messages kept. */
  get size(): number {
    return this.#recent.size;
  }

  /** Workers that currently send here. */
  sources(): string[] {
    return Object.values(this.#rig?.state.workers ?? {})
      .filter(({ subscribed }) => subscribed)
      .map(({ name }) => name)
      .sort();
  }

  stats(): OscIntakeStats {
    return { ...this.#counts, overflow: this.#latest.overflow };
  }

  /** Starts listening; does nothing when it listens already. */
  async open(): Promise<void> {
    if (this.#receiver !== undefined) return;
    const { busDir, self, onProblem } = this.#options;
    const onMessage = (message: OscMessage, receivedAt: number): void => this.#take(message, receivedAt);
    const onMalformed = (): void => void (this.#counts.malformed += 1);
    this.#receiver = await createReceiver();
    this.#receiver.on("message", onMessage);
    this.#receiver.on("malformed", onMalformed);
    this.#rig = openRig({ busDir, except: [self], states: false });
    this.#rig.on("problem", onProblem);
    this.#rig.listen(undefined, onMessage, { onMalformed });
  }

  /** Ends the subscriptions and frees the port; captured messages are kept. */
  async close(): Promise<void> {
    const [receiver, rig] = [this.#receiver, this.#rig];
    this.#rig = undefined;
    this.#receiver = undefined;
    await Promise.all([rig?.close(), receiver?.close()]);
  }

  /** @param pattern an exact address, or a prefix that ends in `*`. */
  messages(pattern: string | undefined): CapturedMessage[] {
    const wanted = pattern === undefined ? undefined : [pattern];
    return this.#recent.toArray().filter(({ message }) => matchesAddress(message.address, wanted));
  }

  /** The newest message of each address, sorted by address. */
  addresses(pattern: string | undefined): LatestEntry[] {
    const wanted = pattern === undefined ? undefined : [pattern];
    const entries = this.#latest.entries(Date.now()).filter(({ message }) => matchesAddress(message.address, wanted));
    return entries.sort((a, b) => (a.message.address < b.message.address ? -1 : 1));
  }

  clear(): void {
    this.#recent.clear();
    this.#latest.clear();
    this.#counts = { messages: 0, malformed: 0 };
  }

  #take(message: OscMessage, receivedAt: number): void {
    this.#counts.messages += 1;
    this.#latest.update(message, receivedAt);
    this.#recent.push({ receivedAt, message });
  }
}
