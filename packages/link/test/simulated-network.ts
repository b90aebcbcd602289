import { advanceSession, answerPing, decodeDiscovery, decodePong, encodeDiscovery, foundSession } from "@vj/link";
import type { Endpoint, SessionEffect, SessionEvent, SessionState } from "@vj/link";

/** How datagrams travel. */
export interface Network {
  /** Share of datagrams that are lost, 0 to 1. */
  readonly loss: number;
  /** Longest delay in microseconds; each datagram gets its own, so that they overtake each other. */
  readonly delay: number;
  /** Uniform numbers 0 to 1. */
  random(): number;
}

export interface SimulatedPeer {
  state: SessionState;
  readonly endpoint: Endpoint;
  /** Host time = simulated time + this: no two machines' clocks agree. */
  readonly clock: number;
  /** A stopped one neither ticks nor receives. */
  stopped: boolean;
}

const tickMicros = 50_000;
const ttlSec = 5;
const via = "10.0.0.0";

/** Peers on a network, driven by a simulated clock in microseconds. */
export class Simulation {
  readonly peers: SimulatedPeer[] = [];
  now = 0;
  readonly #network: Network;
  #added = 0;
  #queue: { at: number; run: () => void }[] = [];

  constructor(network: Network) {
    this.#network = network;
  }

  add(bpm: number, isQuiet = false, givesWay = false): SimulatedPeer {
    this.#added += 1;
    const number = this.#added;
    const clock = Math.floor(this.#network.random() * 1e12);
    const nodeId = Math.floor(this.#network.random() * 2 ** 48).toString(16).padStart(16, "0");
    const peer: SimulatedPeer = { state: foundSession(nodeId, bpm, this.now + clock, { isQuiet, givesWay }), endpoint: { address: `10.0.0.${number}`, port: 4000 + number }, clock, stopped: false };
    this.peers.push(peer);
    this.#at(this.now, () => this.#tick(peer));
    return peer;
  }

  /** It ends without a word to the others. */
  kill(peer: SimulatedPeer): void {
    peer.stopped = true;
    this.peers.splice(this.peers.indexOf(peer), 1);
  }

  leave(peer: SimulatedPeer): void {
    this.kill(peer);
    const bye = encodeDiscovery({ type: "bye", nodeId: peer.state.nodeId });
    for (const other of this.peers) this.#send(bye, peer, other.endpoint);
  }

  apply(peer: SimulatedPeer, event: SessionEvent): void {
    const { state, effects } = advanceSession(peer.state, event, this.now + peer.clock);
    peer.state = state;
    for (const effect of effects) this.#perform(peer, effect);
  }

  run(micros: number): void {
    const end = this.now + micros;
    for (;;) {
      const next = this.#queue.reduce<{ at: number; run: () => void } | undefined>((first, one) => (first === undefined || one.at < first.at ? one : first), undefined);
      if (next === undefined || next.at > end) break;
      this.#queue = this.#queue.filter((one) => one !== next);
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }

  #tick(peer: SimulatedPeer): void {
    if (!peer.stopped) this.apply(peer, { type: "tick" });
    if (this.peers.includes(peer)) this.#at(this.now + tickMicros, () => this.#tick(peer));
  }

  #perform(peer: SimulatedPeer, effect: SessionEffect): void {
    const { nodeId, sessionId, timeline } = peer.state;
    const own = { nodeId, sessionId, timeline, measuredAt: peer.endpoint };
    if (effect.type === "ping") return this.#send(effect.bytes, peer, effect.to);
    if (effect.type === "respond") return this.#send(encodeDiscovery({ type: "response", ttlSec, peer: own }), peer, effect.to);
    for (const other of this.peers) this.#send(encodeDiscovery({ type: "alive", ttlSec, peer: own }), peer, other.endpoint);
  }

  #send(bytes: Buffer, from: SimulatedPeer, to: Endpoint): void {
    const { loss, delay, random } = this.#network;
    if (random() < loss) return;
    this.#at(this.now + random() * delay, () => {
      const receiver = this.peers.find(({ endpoint }) => endpoint.port === to.port);
      if (receiver !== undefined && !receiver.stopped) this.#receive(receiver, bytes, from.endpoint);
    });
  }

  #receive(peer: SimulatedPeer, bytes: Buffer, from: Endpoint): void {
    const message = decodeDiscovery(bytes);
    if (message !== undefined) return this.apply(peer, { type: "received", message, from, via });
    const pong = decodePong(bytes);
    if (pong !== undefined) return this.apply(peer, { type: "pong", pong, from });
    const answer = answerPing(bytes, peer.state.sessionId, Math.round(this.now + peer.clock + peer.state.offset));
    if (answer !== undefined) this.#send(answer, peer, from);
  }

  #at(at: number, run: () => void): void {
    this.#queue.push({ at, run });
  }
}
