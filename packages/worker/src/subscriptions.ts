import type { Peer } from "@vj/control";
import type { SubscribeArgs } from "@vj/schema";
import type { Telemetry } from "@vj/telemetry";

/** Telemetry subscriptions by control connection: each ends with the connection that asked for it. */
export class Subscriptions {
  readonly #telemetry: Telemetry;
  readonly #byPeer = new Map<Peer, Map<string, () => void>>();

  constructor(telemetry: Telemetry) {
    this.#telemetry = telemetry;
  }

  /** Subscribes one more port for this connection; the same port again replaces what it had. */
  add(peer: Peer, args: SubscribeArgs): void {
    const key = `${args.host}:${args.port}`;
    const own = this.#byPeer.get(peer) ?? this.#open(peer);
    own.get(key)?.();
    own.delete(key);
    own.set(key, this.#telemetry.subscribe(args));
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

  #open(peer: Peer): Map<string, () => void> {
    const own = new Map<string, () => void>();
    this.#byPeer.set(peer, own);
    peer.onClose(() => {
      this.remove(peer);
      this.#byPeer.delete(peer);
    });
    return own;
  }
}
