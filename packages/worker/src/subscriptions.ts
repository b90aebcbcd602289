import { setTimeout as delay } from "node:timers/promises";
import type { Peer } from "@vj/control";
import { limits, placeText } from "@vj/schema";
import type { Reply, SubscribeArgs } from "@vj/schema";
import { TelemetryError } from "@vj/telemetry";
import type { SubscriptionHandle, Telemetry } from "@vj/telemetry";
import { isOwnAddress } from "./own-address.ts";
import { failed, ok } from "./reply.ts";

/** Telemetry subscriptions by control connection: each ends with its connection. */
export class Subscriptions {
  readonly #telemetry: Pick<Telemetry, "subscribe">;
  readonly #allowsRemote: () => boolean;
  readonly #byPeer = new Map<Peer, Map<string, () => void>>();

  /** @param allowsRemote whether subscribers on other machines are allowed; called for each subscription */
  constructor(telemetry: Pick<Telemetry, "subscribe">, allowsRemote: () => boolean) {
    this.#telemetry = telemetry;
    this.#allowsRemote = allowsRemote;
  }

  /**
   * Subscribes one more port for this connection; the same port again replaces its earlier subscription. Refused when the
   * connection has too many, or when the host is another machine and those are not allowed. The reply contains the UDP
   * port that telemetry is sent from.
   */
  async add(peer: Peer, args: SubscribeArgs): Promise<Reply> {
    if (!this.#allowsRemote() && !isOwnAddress(args.host)) {
      return failed(`${args.host} is not an address of this machine; to send telemetry to others, set allow_remote_subscribers to true`, "refused", [{ path: "host", message: "is not an address of this machine" }]);
    }
    const key = placeText(args);
    const own = this.#byPeer.get(peer) ?? this.#open(peer);
    if (!own.has(key) && own.size >= limits.subscriptionsPerConnection) {
      return failed(`this connection has ${own.size} subscriptions already; end one with unsubscribe, or open another connection`, "busy");
    }
    own.get(key)?.();
    own.delete(key);
    const subscription = this.#subscribe(args);
    if (typeof subscription === "string") return failed(subscription, "busy");
    const { sourcePort, end } = subscription;
    own.set(key, end);
    const done = `Subscribed ${key}`;
    // A name may resolve slowly: its subscription then begins later, and the client does not wait for it.
    const opened = await Promise.race([sourcePort.then((port) => ({ port })), delay(limits.connectMs, undefined, { ref: false })]);
    if (opened === undefined) return ok(done);
    if (opened.port !== undefined) return ok(done, { source_port: opened.port });
    end();
    if (own.get(key) === end) own.delete(key);
    return failed(`no UDP socket could be opened towards ${key}; try again`, "unavailable");
  }

  /** Ends this connection's subscription of a port, or all of them. @returns how many ended. */
  remove(peer: Peer, port?: number): number {
    const own = this.#byPeer.get(peer);
    let ended = 0;
    for (const [key, undo] of own ?? []) {
      if (port !== undefined && !key.endsWith(`:${port}`)) continue;
      undo();
      own?.delete(key);
      ended += 1;
    }
    return ended;
  }

  /** @returns the reason when the worker has too many subscriptions in total */
  #subscribe(args: SubscribeArgs): SubscriptionHandle | string {
    try {
      return this.#telemetry.subscribe(args);
    } catch (error) {
      if (error instanceof TelemetryError && error.code === "full") return error.message;
      throw error;
    }
  }

  #open(peer: Peer): Map<string, () => void> {
    const own = new Map<string, () => void>();
    this.#byPeer.set(peer, own);
    peer.on("close", () => {
      this.remove(peer);
      this.#byPeer.delete(peer);
    });
    return own;
  }
}
