import type { Peer } from "@vj/control";
import type { Place, Telemetry } from "@vj/telemetry";
import type { ReportedCondition } from "./condition-clock.ts";

/** Places that one connection may silence: a client that asks again and again must not fill the memory. */
const mostMutes = 256;

/** What the clients of a worker have silenced, each for as long as its connection lives. */
export class Mutes {
  readonly #telemetry: Pick<Telemetry, "mute">;
  readonly #byPeer = new WeakMap<Peer, Set<string | undefined>>();

  /** Connections that have silenced every receiver. */
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

  /** The condition while every receiver is silenced, so that nobody takes this worker for the source of the pictures; else undefined. */
  condition(): ReportedCondition | undefined {
    return this.#silent === 0 ? undefined : { level: "ok", text: "silent: another program sends the same meanwhile, as vj replay does" };
  }
}
