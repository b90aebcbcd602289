import { limits } from "@vj/schema";
import type { SubscribeArgs, Target } from "@vj/schema";
import { TelemetryError } from "../errors.ts";
import { Outlet } from "../outlet/outlet.ts";
import type { OutletStats } from "../outlet/outlet.ts";
import type { CheckedMessage } from "./encode.ts";
import type { Retained } from "./retained.ts";
import { plainView } from "./view.ts";
import type { View } from "./view.ts";

/** Largest number of subscriptions at once. */
export const maxSubscriptions = 256;

/** A subscription from the side of its owner. */
export interface SubscriptionHandle {
  /** Resolves with the UDP port it sends from; undefined when the receiver cannot be reached for now. */
  readonly sourcePort: Promise<number | undefined>;
  end(): void;
}

/** One receiver: its outlet, and its view. */
export interface Recipient {
  readonly outlet: Outlet;
  readonly view: View;
}

export interface RecipientsOptions {
  readonly retained: Retained;
  /** Sends a receiver the messages it missed, in its view. */
  readonly send: (message: CheckedMessage, recipients: readonly Recipient[]) => void;
  /** @param receiver `host:port` of the receiver concerned */
  readonly onProblem: (receiver: string, problem: string) => void;
}

interface NamedTarget extends Recipient {
  readonly name: string;
}

interface Subscription extends Recipient {
  end(): void;
}

/** All receivers of one worker's telemetry: targets and subscriptions. */
export class Recipients {
  readonly #options: RecipientsOptions;
  readonly #subscriptions = new Set<Subscription>();
  #targets = new Map<string, NamedTarget>();
  #all: readonly Recipient[] = [];

  constructor(options: RecipientsOptions) {
    this.#options = options;
  }

  /** Targets first. A new list after each change. */
  get all(): readonly Recipient[] {
    return this.#all;
  }

  /** Replaces the targets at once. New ones get the lists and states; unchanged ones keep socket and counts. */
  setTargets(targets: readonly Target[]): void {
    const previous = this.#targets;
    this.#targets = new Map();
    for (const { name, host, port, enabled } of targets) {
      const key = JSON.stringify([name, host, port]);
      if (!enabled || this.#targets.has(key)) continue;
      const known = previous.get(key);
      previous.delete(key);
      this.#targets.set(key, known ?? { name, ...this.#open(host, port, plainView, false) });
    }
    this.#list();
    for (const { outlet } of previous.values()) void outlet.close();
  }

  /** @throws TelemetryError `full` when there are too many subscriptions. */
  subscribe({ host, port, addresses }: SubscribeArgs): SubscriptionHandle {
    if (this.#subscriptions.size >= maxSubscriptions) {
      throw new TelemetryError("full", `there are ${maxSubscriptions} telemetry subscriptions already; end one first`);
    }
    const recipient = this.#open(host, port, { ...plainView, only: addresses }, true);
    const { outlet } = recipient;
    const resend = setInterval(() => this.#sendAll(this.#options.retained.states(), recipient), limits.stateResendMs);
    resend.unref();
    const end = (): void => {
      clearInterval(resend);
      void outlet.close();
      this.#subscriptions.delete(subscription);
      this.#list();
    };
    const subscription: Subscription = { ...recipient, end };
    this.#subscriptions.add(subscription);
    this.#list();
    return { sourcePort: outlet.settled.then(() => outlet.sourcePort), end };
  }

  /** Resolves when every current receiver is open or was found unreachable. */
  async settled(): Promise<void> {
    await Promise.all(this.#all.map(({ outlet }) => outlet.settled));
  }

  stats(): { targets: (OutletStats & { name: string })[]; subscriptions: OutletStats[] } {
    return {
      targets: Array.from(this.#targets.values(), ({ name, outlet }) => ({ name, ...outlet.stats() })),
      subscriptions: Array.from(this.#subscriptions, ({ outlet }) => outlet.stats()),
    };
  }

  /** Resolves when every socket is closed. */
  async close(): Promise<void> {
    const outlets = this.#all.map(({ outlet }) => outlet);
    for (const { end } of this.#subscriptions) end();
    this.setTargets([]);
    await Promise.all(outlets.map((outlet) => outlet.close()));
  }

  #list(): void {
    this.#all = [...this.#targets.values(), ...this.#subscriptions];
  }

  /** A new receiver, which first gets the messages it missed. */
  #open(host: string, port: number, view: View, keepSocket: boolean): Recipient {
    const replay = (): void => this.#sendAll(this.#options.retained.everything(), recipient);
    const onProblem = (problem: string): void => this.#options.onProblem(`${host}:${port}`, problem);
    const recipient = { outlet: new Outlet({ host, port, keepSocket, onRecovered: replay, onProblem }), view };
    replay();
    return recipient;
  }

  #sendAll(messages: readonly CheckedMessage[], recipient: Recipient): void {
    for (const message of messages) this.#options.send(message, [recipient]);
  }
}
