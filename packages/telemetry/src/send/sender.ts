import { RateLimit, limits } from "@vj/contract";
import type { OscTable, OscValues, OscValuesOf, SubscribeArgs, Target, TargetView } from "@vj/contract";
import { TelemetryError } from "../errors.ts";
import type { OutletStats } from "../outlet/outlet.ts";
import { check } from "../encode/encode.ts";
import { Recipients } from "./recipients.ts";
import type { Place } from "./place.ts";
import type { SubscriptionHandle } from "./recipients.ts";
import { Retained } from "./retained.ts";
import { rendering } from "../view/render.ts";

/** The addresses that may be sent, and their receivers. */
export interface TelemetryOptions<T extends OscTable = OscTable> {
  /** The addresses that may be sent; none by default. */
  table?: T | undefined;
  /** Receivers of all messages. */
  targets: readonly Target[];
  /** Called with problems for a person (unreachable host, refused value), each kind at most once in ten seconds. */
  onProblem?: (problem: string) => void;
}

/** Counts of every receiver. */
export interface TelemetryStats {
  targets: (OutletStats & { name: string; shape: TargetView["shape"] })[];
  subscriptions: OutletStats[];
  /** Number of messages refused because they do not match the table. */
  rejected: number;
}

/** Sends the messages of one address table until it is closed. */
export interface Telemetry<T extends OscTable = OscTable> extends AsyncDisposable {
  /**
   * Sends one message to every target and subscription that wants it. Never blocks, never throws.
   * @param values the arguments by name, or in the order of the table.
   */
  send<A extends keyof T & string>(address: A, values: OscValuesOf<T[A]>): void;
  /** Late joiners no longer get the last message of this address, because another worker publishes the state from now on. */
  forget(address: keyof T & string): void;
  /**
   * Sends to one more receiver, which first gets every list and state, not faster than it can take them, then each state again every 10 s.
   * @throws TelemetryError `full` when there are too many subscriptions, `closed`.
   */
  subscribe(subscription: SubscribeArgs): SubscriptionHandle;
  /** Replaces the targets at once. New ones get the lists and states; unchanged ones keep their counts. */
  setTargets(targets: readonly Target[]): void;
  /**
   * Sends nothing from now on; states and lists are kept, and sent anew when the last mute ends.
   * @param place the receiver that gets nothing; left out: none gets anything
   * @returns ends it
   */
  mute(place?: Place): () => void;
  /** Resolves when every current receiver is open or was found unreachable. */
  settled(): Promise<void>;
  stats(): TelemetryStats;
  /** Resolves when every socket is closed. */
  close(): Promise<void>;
}

/** Telemetry of one worker: OSC over UDP, to targets and subscriptions. Each receiver has its own socket. */
export function createTelemetry<T extends OscTable>(options: TelemetryOptions<T>): Telemetry<T> {
  return new UdpTelemetry(options);
}

class UdpTelemetry implements Telemetry {
  readonly #table: OscTable;
  readonly #onProblem: ((problem: string) => void) | undefined;
  readonly #problems = new RateLimit(limits.problemMs);
  readonly #retained = new Retained();
  readonly #recipients = new Recipients({
    retained: this.#retained,
    onProblem: (receiver, problem) => this.#problem(receiver, problem),
    onFault: (address, fault) => this.#reject(address, fault),
  });
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
    const checked = check(address, definition, values);
    if (!checked.ok) {
      this.#reject(address, checked.error);
      return;
    }
    if (!this.#retained.keep(checked.message)) {
      this.#problem(`full ${address}`, `the list of ${address} is full: late joiners will miss its end`);
    }
    const render = rendering(checked.message);
    for (const { view } of this.#recipients.audiences) view.send(render);
  }

  forget(address: string): void {
    this.#retained.forget(address);
  }

  subscribe(subscription: SubscribeArgs): SubscriptionHandle {
    if (this.#closed) throw new TelemetryError("closed", "telemetry is closed");
    return this.#recipients.subscribe(subscription);
  }

  setTargets(targets: readonly Target[]): void {
    if (!this.#closed) this.#recipients.setTargets(targets);
  }

  mute(place?: Place): () => void {
    return this.#recipients.mute(place);
  }

  settled(): Promise<void> {
    return this.#recipients.settled();
  }

  stats(): TelemetryStats {
    return { ...this.#recipients.stats(), rejected: this.#rejected };
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.#recipients.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
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
