import { openRig } from "@vj/rig";
import type { Rig } from "@vj/rig";
import { limits, oscPattern } from "@vj/schema";
import type { OscTable } from "@vj/schema";
import { Dropped, Latest, createReceiver, keptBytes } from "@vj/telemetry";
import type { DroppedPackets, LatestEntry, OscMessage, Receiver } from "@vj/telemetry";
import { Ring } from "./ring.ts";

/** A message of the ring. Its arguments are decoded only when they are read. */
export interface CapturedMessage {
  readonly receivedAt: number;
  readonly message: OscMessage;
}

/** Bytes of the messages that are kept for `get_messages`: a thousand of the largest would be four times as much. */
const recentBytes = 16 * 1_048_576;

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
  readonly #recent = new Ring<CapturedMessage>(limits.debuggerMessages, recentBytes);
  /** Messages of the workers, and of any sender to our port. */
  readonly #latest = new Latest();
  readonly #dropped = new Dropped();
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

  /** Packets that were not valid OSC, by sender and reason. */
  malformed(): DroppedPackets[] {
    return this.#dropped.list();
  }

  /** The address tables of all workers that describe themselves. */
  tables(): OscTable[] {
    return Object.values(this.#rig?.state.workers ?? {}).flatMap(({ description }) => (description === undefined ? [] : [description.osc]));
  }

  /** The newest message of one address. */
  latest(address: string): OscMessage | undefined {
    return this.#latest.get(address, Date.now())?.message;
  }

  stats(): OscIntakeStats {
    return { ...this.#counts, overflow: this.#latest.overflow };
  }

  /** Starts listening; does nothing when it listens already. @param port 0 takes a free one @throws TelemetryError when it cannot be opened */
  async open(port: number): Promise<void> {
    if (this.#receiver !== undefined) return;
    const { busDir, self, onProblem } = this.#options;
    const onMessage = (message: OscMessage, receivedAt: number): void => this.#take(message, receivedAt);
    const onMalformed = (sender: string, reason: string): void => {
      this.#counts.malformed += 1;
      this.#dropped.add(sender, reason);
    };
    this.#receiver = await createReceiver({ port, changePort: (free) => `vj config set osc_debugger osc_port=${free}` });
    this.#receiver.on("message", onMessage);
    this.#receiver.on("malformed", onMalformed);
    this.#rig = openRig({ busDir, except: [self], states: false, descriptions: true });
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

  /** @param pattern an OSC pattern; a `*` at its end also matches all parts below @throws Error when it cannot be read */
  messages(pattern: string | undefined): CapturedMessage[] {
    const matches = matcher(pattern);
    return this.#recent.toArray().filter(({ message }) => matches(message.address));
  }

  /** The newest message of each address, sorted by address. */
  addresses(pattern: string | undefined): LatestEntry[] {
    const matches = matcher(pattern);
    const entries = this.#latest.entries(Date.now()).filter(({ message }) => matches(message.address));
    return entries.sort((a, b) => (a.message.address < b.message.address ? -1 : 1));
  }

  clear(): void {
    this.#recent.clear();
    this.#latest.clear();
    this.#dropped.clear();
    this.#counts = { messages: 0, malformed: 0 };
  }

  #take(message: OscMessage, receivedAt: number): void {
    this.#counts.messages += 1;
    this.#latest.update(message, receivedAt);
    this.#recent.push({ receivedAt, message }, keptBytes(message));
  }
}

/** Whether an address is wanted; each address is looked at once, however often it comes. */
function matcher(pattern: string | undefined): (address: string) => boolean {
  if (pattern === undefined) return () => true;
  const matches = oscPattern(pattern);
  const known = new Map<string, boolean>();
  return (address) => {
    const result = known.get(address) ?? matches(address);
    known.set(address, result);
    return result;
  };
}
