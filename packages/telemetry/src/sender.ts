import { RateLimit, limits, matchesAddress } from "@vj/schema";
import type { OscTable, OscValues, OscValuesOf, SubscribeArgs, Target } from "@vj/schema";
import { Destination } from "./destination.ts";
import type { DestinationStats } from "./destination.ts";
import { encode } from "./encode.ts";
import { Retained } from "./retained.ts";

export interface TelemetryOptions<T extends OscTable = OscTable> {
  /** Addresses that may be sent, and how; none unless given. */
  table?: T | undefined;
  /** Receivers of everything. */
  targets: readonly Target[];
  /** Told what a person should know (unreachable host, refused value), each kind at most once in ten seconds. */
  onProblem?: (problem: string) => void;
}

export interface TelemetryStats {
  targets: (DestinationStats & { name: string })[];
  subscriptions: DestinationStats[];
  /** Messages refused because they do not fit the table. */
  rejected: number;
}

export interface Telemetry<T extends OscTable = OscTable> {
  /**
   * Sends one message to every target and subscription that wants it. Never blocks, never throws.
   * @param values the arguments by name, or in the order of the table.
   */
  send<A extends keyof T & string>(address: A, values: OscValuesOf<T[A]>): void;
  /** Tells late joiners no longer what this address said last; for a state that another worker speaks for from now on. */
  forget(address: keyof T & string): void;
  /**
   * Sends to one more receiver, which first gets every list and state as they stand, then each state again every 10 s.
   * @throws Error when there are too many subscriptions.
   */
  subscribe(subscription: SubscribeArgs): SubscriptionHandle;
  /** Replaces the targets at once. New ones are told the lists and states; unchanged ones keep their counts. */
  setTargets(targets: readonly Target[]): void;
  /** Resolves when every receiver known now is open or was found unreachable. */
  settled(): Promise<void>;
  stats(): TelemetryStats;
  close(): void;
}

/** A subscription as its owner holds it. */
export interface SubscriptionHandle {
  /** Resolves with the UDP port it sends from; undefined when the receiver cannot be reached for now. */
  readonly sourcePort: Promise<number | undefined>;
  end(): void;
}

/** Receivers that may be subscribed at once. */
export const maxSubscriptions = 256;

/** Telemetry of one worker: OSC over UDP, to targets and subscriptions. Each receiver has a socket of its own. */
export function createTelemetry<T extends OscTable>(options: TelemetryOptions<T>): Telemetry<T> {
  return new UdpTelemetry(options);
}

interface Subscription {
  readonly destination: Destination;
  readonly addresses: readonly string[] | undefined;
  end(): void;
}

class UdpTelemetry implements Telemetry {
  readonly #table: OscTable;
  readonly #onProblem: ((problem: string) => void) | undefined;
  readonly #problems = new RateLimit(limits.problemMs);
  readonly #retained = new Retained();
  readonly #subscriptions = new Set<Subscription>();
  #targets = new Map<string, { name: string; destination: Destination }>();
  #rejected = 0;
  #closed = false;

  constructor({ table = {}, targets, onProblem }: TelemetryOptions) {
    this.#table = table;
    this.#onProblem = onProblem;
    this.setTargets(targets);
  }

  send(address: string, values: OscValues): void {
    if (this.#closed) return;
    const definition = Object.hasOwn(this.#table, address) ? this.#table[address] : undefined;
    if (definition === undefined) {
      this.#reject("unknown address", `${address} is not in the OSC table: declare it first`);
      return;
    }
    const encoded = encode(address, definition, values);
    if (!encoded.ok) {
      this.#reject(address, encoded.error);
      return;
    }
    const { bytes } = encoded;
    if (bytes.byteLength > limits.datagramBytes) {
      this.#problem(address, `not sent: ${address} has ${bytes.byteLength} bytes, a datagram ${limits.datagramBytes}`);
      this.#each(address, (destination) => destination.drop());
      return;
    }
    if (!this.#retained.keep({ address, bytes }, definition)) {
      this.#problem(`full ${address}`, `the list of ${address} is full: late joiners will miss its end`);
    }
    this.#each(address, (destination) => destination.send(bytes));
  }

  forget(address: string): void {
    this.#retained.forget(address);
  }

  subscribe({ host, port, addresses }: SubscribeArgs): SubscriptionHandle {
    if (this.#closed) throw new Error("telemetry is closed");
    if (this.#subscriptions.size >= maxSubscriptions) {
      throw new Error(`there are ${maxSubscriptions} telemetry subscriptions already; end one first`);
    }
    const destination = this.#open(host, port, addresses, true);
    const resend = setInterval(() => {
      for (const { address, bytes } of this.#retained.states()) {
        if (matchesAddress(address, addresses)) destination.send(bytes);
      }
    }, limits.stateResendMs);
    resend.unref();
    const end = (): void => {
      clearInterval(resend);
      destination.close();
      this.#subscriptions.delete(subscription);
    };
    const subscription: Subscription = { destination, addresses, end };
    this.#subscriptions.add(subscription);
    return { sourcePort: destination.settled.then(() => destination.sourcePort), end };
  }

  setTargets(targets: readonly Target[]): void {
    if (this.#closed) return;
    const previous = this.#targets;
    this.#targets = new Map();
    for (const { name, host, port, enabled } of targets) {
      const key = JSON.stringify([name, host, port]);
      if (!enabled || this.#targets.has(key)) continue;
      const known = previous.get(key);
      previous.delete(key);
      this.#targets.set(key, known ?? { name, destination: this.#open(host, port, undefined) });
    }
    for (const { destination } of previous.values()) destination.close();
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#targets.values(), ...this.#subscriptions].map(({ destination }) => destination.settled));
  }

  stats(): TelemetryStats {
    return {
      targets: Array.from(this.#targets.values(), ({ name, destination }) => ({ name, ...destination.stats() })),
      subscriptions: Array.from(this.#subscriptions, ({ destination }) => destination.stats()),
      rejected: this.#rejected,
    };
  }

  close(): void {
    for (const { end } of this.#subscriptions) end();
    this.setTargets([]);
    this.#closed = true;
  }

  /** A new receiver, which begins with what it missed. */
  #open(host: string, port: number, addresses: readonly string[] | undefined, keepSocket = false): Destination {
    const replay = (): void => {
      for (const { address, bytes } of this.#retained.everything()) {
        if (matchesAddress(address, addresses)) destination.send(bytes);
      }
    };
    const onProblem = (problem: string): void => this.#problem(`${host}:${port}`, problem);
    const destination = new Destination({ host, port, keepSocket, onRecovered: replay, onProblem });
    replay();
    return destination;
  }

  #each(address: string, act: (destination: Destination) => void): void {
    for (const { destination } of this.#targets.values()) act(destination);
    for (const { destination, addresses } of this.#subscriptions) {
      if (matchesAddress(address, addresses)) act(destination);
    }
  }

  #reject(kind: string, why: string): void {
    this.#rejected += 1;
    this.#problem(kind, `not sent: ${why}`);
  }

  #problem(kind: string, text: string): void {
    const held = this.#problems.admit(kind, Date.now());
    if (held === undefined) return;
    this.#onProblem?.(held > 0 ? `${text} (and ${held} times before)` : text);
  }
}
