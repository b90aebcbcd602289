import type { Peer } from "@vj/control";
import type { Place, Telemetry } from "@vj/telemetry";
import type { ReportedCondition } from "./condition-clock.ts";

/** Places that one connection may silence: a client that asks again and again must not fill the memory. */
const mostMutes = 256;

/** What the clients of a worker have silenced, each for as long as its connection lives. */
export class Mutes {
  readonly #telemetry: Pick<Telemetry, "mute">;
  readonly #byPeer = new WeakMap<Peer, Set<string | undefined>>();

  /** Connections for whose sake nobody gets anything. */
  #silent = 0;

  constructor(telemetry: Pick<Telemetry, "mute">) {
    this.#telemetry = telemetry;
  }

  /**
   * Silences the telemetry of the worker; once more from the same connection changes nothing.
   * @param place the receiver that gets nothing; undefined: none gets anything
   * @returns false when this connection silences too many places already
   */
  add(peer: Peer, place: Place | undefined): boolean {
    const known = this.#byPeer.get(peer) ?? new Set();
    const key = place === undefined ? undefined : `${place.host} ${place.port}`;
    if (known.has(key)) return true;
    if (known.size >= mostMutes) return false;
    this.#byPeer.set(peer, known.add(key));
    const end = this.#telemetry.mute(place);
    const all = Number(place === undefined);
    this.#silent += all;
    peer.on("close", () => {
      this.#silent -= all;
      end();
    });
    return true;
  }

  /** Says that nothing is sent, so that nobody takes what a worker does for what is on the screens; undefined while it sends. */
  condition(): ReportedCondition | undefined {
    return this.#silent === 0 ? undefined : { level: "ok", text: "silent: another program sends the same meanwhile, as vj replay does" };
  }
}
