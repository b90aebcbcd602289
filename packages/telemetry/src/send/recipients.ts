import { limits, placeText, plainTargetView } from "@vj/contract";
import type { SubscribeArgs, Target, TargetView } from "@vj/contract";
import { TelemetryError } from "../errors.ts";
import { Outbox } from "../outlet/outbox.ts";
import { Outlet } from "../outlet/outlet.ts";
import type { OutletOptions, OutletStats } from "../outlet/outlet.ts";
import type { CheckedMessage } from "../encode/checked-message.ts";
import { FairShare } from "../outlet/fair-share.ts";
import { LeftViews } from "./left-views.ts";
import type { Place } from "./place.ts";
import type { Retained } from "./retained.ts";
import { Silences, concerns } from "./silences.ts";
import { View } from "../view/view.ts";

/** Largest number of subscriptions at once. */
export const maxSubscriptions = 256;

/** A subscription from the side of its owner. */
export interface SubscriptionHandle {
  /** Resolves with the UDP port it sends from; undefined when the receiver cannot be reached for now. */
  readonly sourcePort: Promise<number | undefined>;
  end(): void;
}

export interface RecipientsOptions {
  readonly retained: Retained;
  /** @param receiver `host:port` of the receiver concerned */
  readonly onProblem: (receiver: string, problem: string) => void;
  /** Called with what cannot be sent to any receiver of a view, and why. */
  readonly onFault: (address: string, fault: string) => void;
}

/** All receivers with the same view. */
export interface Audience {
  readonly view: View;
  readonly outlets: ReadonlySet<Outlet>;
}

interface Receiver {
  readonly outlet: Outlet;
  /** Sends the states again from time to time. */
  readonly resend: NodeJS.Timeout;
  /** Where it is now; a target whose settings change moves on with its socket and its counts. */
  audience: OpenAudience;
}

interface OpenAudience extends Audience {
  readonly outlets: Set<Outlet>;
}

interface NamedTarget {
  readonly name: string;
  readonly view: TargetView;
  readonly receiver: Receiver;
}

interface Subscription {
  readonly receiver: Receiver;
  end(): void;
}

/** All receivers of one worker's telemetry: targets and subscriptions. */
export class Recipients {
  readonly #options: RecipientsOptions;
  readonly #subscriptions = new Set<Subscription>();
  readonly #audiences = new Map<string, OpenAudience>();
  readonly #shares = new FairShare();
  readonly #outbox = new Outbox();
  #targets = new Map<string, NamedTarget>();
  readonly #silences = new Silences();
  readonly #left = new LeftViews();

  constructor(options: RecipientsOptions) {
    this.#options = options;
  }

  /** Receivers by what they see; each view is made once for all of its receivers. */
  get audiences(): Iterable<Audience> {
    return this.#audiences.values();
  }

  /**
   * Replaces the targets at once. New ones, and those whose view is new, get the lists and states; those of the same name and
   * place keep socket and counts.
   */
  setTargets(targets: readonly Target[]): void {
    this.#outbox.flush();
    const previous = this.#targets;
    this.#targets = new Map();
    for (const { name, host, port, enabled, view = plainTargetView } of targets) {
      const key = JSON.stringify([name, host, port]);
      if (!enabled || this.#targets.has(key)) continue;
      const known = previous.get(key);
      previous.delete(key);
      this.#targets.set(key, known === undefined ? { name, view, receiver: this.#open(host, port, view) } : this.#moved(known, view));
    }
    for (const { receiver } of previous.values()) this.#close(receiver);
  }

  /** @throws TelemetryError `full` when there are too many subscriptions. */
  subscribe({ host, port, addresses, bundled, rate }: SubscribeArgs): SubscriptionHandle {
    if (this.#subscriptions.size >= maxSubscriptions) {
      throw new TelemetryError("full", `there are ${maxSubscriptions} telemetry subscriptions already; end one first`);
    }
    const share = this.#shares.join();
    const receiver = this.#open(host, port, { ...plainTargetView, only: addresses, bundled, rate }, { keepSocket: true, share });
    const subscription: Subscription = {
      receiver,
      end: () => {
        this.#outbox.flush();
        share.leave();
        if (this.#subscriptions.delete(subscription)) this.#close(receiver);
      },
    };
    this.#subscriptions.add(subscription);
    return { sourcePort: receiver.outlet.settled.then(() => receiver.outlet.sourcePort), end: subscription.end };
  }

  /**
   * Stops all sending, or the sending to one place. Afterwards every receiver concerned gets the lists and states anew.
   * @returns ends it; several end independently of each other
   */
  mute(place?: Place): () => void {
    const silence = this.#silences.add(place);
    return () => {
      if (!this.#silences.end(silence)) return;
      for (const { receiver } of [...this.#targets.values(), ...this.#subscriptions]) {
        if (!concerns(silence, receiver.outlet.place)) continue;
        receiver.audience.view.followOther();
        this.#welcome(receiver);
      }
    };
  }

  /** Resolves when every current receiver is open or was found unreachable. */
  async settled(): Promise<void> {
    await Promise.all(this.#outlets().map(({ settled }) => settled));
  }

  stats(): { targets: (OutletStats & { name: string; shape: TargetView["shape"] })[]; subscriptions: OutletStats[] } {
    return {
      targets: Array.from(this.#targets.values(), ({ name, view, receiver }) => ({ name, shape: view.shape, ...receiver.outlet.stats() })),
      subscriptions: Array.from(this.#subscriptions, ({ receiver }) => receiver.outlet.stats()),
    };
  }

  /** Resolves when every socket is closed. */
  async close(): Promise<void> {
    const outlets = this.#outlets();
    for (const { end } of this.#subscriptions) end();
    this.setTargets([]);
    await Promise.all(outlets.map((outlet) => outlet.close()));
  }

  #outlets(): Outlet[] {
    return [...this.#targets.values(), ...this.#subscriptions].map(({ receiver }) => receiver.outlet);
  }

  /** A new receiver, which begins with what it missed. */
  #open(host: string, port: number, view: TargetView, kind: Pick<OutletOptions, "keepSocket" | "share"> = {}): Receiver {
    const onRecovered = (): void => this.#welcome(receiver);
    const onProblem = (problem: string): void => this.#options.onProblem(placeText({ host, port }), problem);
    const sendStates = (): void => this.#replay(this.#options.retained.states(), receiver);
    // To targets, too: a program may have been started anew since the last message, which no worker can see.
    const resend = setInterval(sendStates, limits.stateResendMs);
    resend.unref();
    const outlet = new Outlet({ host, port, ...kind, onRecovered, onSilence: sendStates, onProblem });
    const receiver = { outlet, resend, audience: this.#audience(view) };
    receiver.audience.outlets.add(receiver.outlet);
    const before = this.#left.viewAt({ host, port }, performance.now());
    if (before !== undefined) receiver.audience.view.follow(before);
    onRecovered();
    return receiver;
  }

  /** A target that was there before; it gets everything anew when its view has changed. */
  #moved(target: NamedTarget, view: TargetView): NamedTarget {
    const { receiver } = target;
    const audience = this.#audience(view);
    if (audience === receiver.audience) return target;
    this.#leave(receiver);
    audience.view.follow(receiver.audience.view);
    receiver.audience = audience;
    audience.outlets.add(receiver.outlet);
    this.#welcome(receiver);
    return { ...target, view };
  }

  #close(receiver: Receiver): void {
    clearInterval(receiver.resend);
    this.#left.leave(receiver.outlet.place, receiver.audience.view, performance.now());
    this.#leave(receiver);
    void receiver.outlet.close();
  }

  #leave({ outlet, audience }: Receiver): void {
    audience.outlets.delete(outlet);
    if (audience.outlets.size > 0) return;
    audience.view.close();
    for (const [key, known] of this.#audiences) if (known === audience) this.#audiences.delete(key);
  }

  #audience(view: TargetView): OpenAudience {
    const key = JSON.stringify(view);
    const known = this.#audiences.get(key);
    if (known !== undefined) return known;
    const outlets = new Set<Outlet>();
    const audience = {
      outlets,
      view: new View(view, {
        send: (datagrams) => {
          for (const outlet of outlets) {
            if (this.#isSilent(outlet)) continue;
            for (const bytes of datagrams) this.#outbox.add(outlet, bytes, false);
          }
        },
        sendStream: (bytes) => {
          for (const outlet of outlets) if (!this.#isSilent(outlet)) this.#outbox.add(outlet, bytes, true);
        },
        onFault: this.#options.onFault,
        onOversize: (address, bytes) => {
          for (const outlet of outlets) outlet.drop();
          this.#options.onProblem(address, `not sent: ${address} has ${bytes} bytes, a datagram ${limits.datagramBytes}`);
        },
      }),
    };
    this.#audiences.set(key, audience);
    return audience;
  }

  /** Sends what a receiver that has just joined missed. */
  #welcome(receiver: Receiver): void {
    this.#replay(this.#options.retained.everything(), receiver);
    receiver.audience.view.refresh();
  }

  #replay(messages: readonly CheckedMessage[], { outlet, audience }: Receiver): void {
    if (this.#isSilent(outlet)) return;
    this.#outbox.flush();
    outlet.replay(audience.view.replay(messages));
  }

  #isSilent(outlet: Outlet): boolean {
    return this.#silences.cover(outlet.place);
  }
}
