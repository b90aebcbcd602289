import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { placeText } from "@vj/schema";
import type { HostAndPort } from "@vj/schema";
import { browse } from "@vj/zeroconf";
import type { Browsing, Reach } from "@vj/zeroconf";
import { Os2lClient } from "./client.ts";

/** Lighting programs at once. */
const most = 16;
/** Programs that announced themselves and wait for a place. */
const mostWaiting = 64;

export interface LightsOptions {
  /** Programs that do not announce themselves. */
  readonly fixed: readonly HostAndPort[];
  /** Where programs that announce themselves are found; undefined: nowhere. */
  readonly reach: Reach | undefined;
  /** Our own port, which is not one of them. */
  readonly ownPort: () => number;
  readonly onProblem: (text: string) => void;
}

/** The lighting programs that get our beats. */
export class Lights {
  readonly #clients = new Map<string, Os2lClient>();
  readonly #fixed: readonly string[];
  /** Those that found no place, the one that waits for the longest first. */
  readonly #waiting = new Map<string, HostAndPort>();
  readonly #browsing: Browsing | undefined;

  constructor({ fixed, reach, ownPort, onProblem }: LightsOptions) {
    this.#fixed = fixed.map(placeText);
    for (const place of fixed) this.#add(place);
    if (reach === undefined) return;
    this.#browsing = browse({
      type: "_os2l._tcp",
      reach,
      onProblem,
      onFound: ({ addresses, port }) => {
        const [address] = addresses;
        if (address !== undefined && !(port === ownPort() && isOwn(address))) this.#add({ host: address, port });
      },
      onLost: ({ addresses, port }) => {
        for (const address of addresses) this.#remove(placeText({ host: address, port }));
      },
    });
  }

  get states(): readonly Os2lClient["state"][] {
    return [...this.#clients.values()].map(({ state }) => state);
  }

  /** Programs as we reach them, by our end of the connection. */
  get ownPlaces(): ReadonlyMap<string, string> {
    const places = [...this.#clients].flatMap(([to, { ownPlace }]): [string, string][] => (ownPlace === undefined ? [] : [[ownPlace, to]]));
    return new Map(places);
  }

  send(text: string): void {
    for (const client of this.#clients.values()) client.send(text);
  }

  async close(): Promise<void> {
    this.#waiting.clear();
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
    await this.#browsing?.close();
  }

  #add(at: HostAndPort): void {
    const place = placeText(at);
    if (this.#clients.has(place)) return;
    if (this.#clients.size >= most) {
      if (this.#waiting.size < mostWaiting) this.#waiting.set(place, at);
      return;
    }
    this.#waiting.delete(place);
    this.#clients.set(place, new Os2lClient(at.host, at.port, () => this.#giveUp(at)));
  }

  /** A program that ended without a word stays announced for an hour: one that waits takes its place, and it waits in turn. */
  #giveUp(at: HostAndPort): void {
    const place = placeText(at);
    if (this.#waiting.size === 0 || this.#fixed.includes(place)) return;
    this.#remove(place);
    this.#waiting.set(place, at);
  }

  #remove(place: string): void {
    this.#waiting.delete(place);
    if (this.#fixed.includes(place)) return;
    this.#clients.get(place)?.close();
    if (!this.#clients.delete(place)) return;
    const [next] = this.#waiting.values();
    if (next !== undefined) this.#add(next);
  }
}

function isOwn(address: string): boolean {
  return address.startsWith("127.") || (isIP(address) !== 0 && Object.values(networkInterfaces()).some((list) => list?.some((one) => one.address === address)));
}
