import { randomBytes } from "node:crypto";
import { createListeners, messageOf } from "@vj/schema";
import { decodeDiscovery, discoveryGroup, encodeDiscovery } from "./discovery-message.ts";
import type { Endpoint, PeerState } from "./discovery-message.ts";
import { answerPing, decodePong } from "./measurement-message.ts";
import { peersOf } from "./peers.ts";
import { advanceSession } from "./session.ts";
import { foundSession } from "./session-state.ts";
import type { SessionEffect, SessionEvent, SessionState } from "./session-state.ts";
import { Sockets } from "./sockets.ts";
import { beatAt, phaseOf, tempoOf, timeOfBeat } from "./timeline.ts";
import { LinkError } from "./errors.ts";

/** The session to found, and where to look for one. */
export interface LinkOptions {
  /** Tempo in BPM of the session that is founded when there is none to join; default 120. */
  bpm?: number;
  /** Names or addresses of interfaces; default all with an IPv4 address, loopback too. */
  interfaces?: readonly string[];
  /** It only listens: no peer sees it, and no peer takes over its tempo. Default false; `setQuiet` changes it. */
  quiet?: boolean;
  /**
   * A change that is made here a moment after one of a peer, before that is known here, is taken back, and the peer's counts: for changes that a
   * program makes by itself. Default false: the later of two changes counts, as the protocol has it.
   */
  givesWay?: boolean;
  /** Microseconds of a monotonic clock; default the system's. */
  hostMicros?: () => number;
  /** Leaves the session. */
  signal?: AbortSignal;
}

/** What a peer reports. */
export interface LinkEvents extends Record<string, unknown[]> {
  /** Number of other peers in the session. */
  peers: [count: number];
  /** Tempo in BPM, set here or by a peer, or by joining another session. */
  tempo: [bpm: number];
  /** Another session was joined: beats count anew. */
  session: [id: string];
  /** A fault for a person, once while it lasts; the peer goes on. */
  problem: [text: string];
}

const tickMs = 50;
const ticksPerRefresh = 40;
const ttlSec = 5;

/** A peer in a session of Ableton Link's protocol. All times in microseconds of the host's clock. */
export class Link implements AsyncDisposable {
  readonly #listeners = createListeners<LinkEvents>();
  readonly #hostMicros: () => number;
  readonly #sockets: Sockets;
  #state: SessionState;
  #timer: NodeJS.Timeout | undefined;
  #ticks = 0;
  #closing: Promise<void> | undefined;
  #signal: AbortSignal | undefined;
  readonly #end = (): void => void this.close();

  private constructor({ bpm = 120, interfaces = [], quiet = false, givesWay = false, hostMicros = systemMicros }: LinkOptions) {
    this.#hostMicros = hostMicros;
    this.#state = foundSession(randomBytes(8).toString("hex"), bpm, hostMicros(), { isQuiet: quiet, givesWay });
    this.#sockets = new Sockets(interfaces, {
      onDatagram: (bytes, from, via) => this.#receive(bytes, from, via),
      onProblem: (text) => this.#listeners.emit("problem", text),
    });
  }

  /**
   * Joins the session on the network, or founds one.
   * @throws LinkError `aborted`, with the signal's reason as its cause; `udp` when the port of the group cannot be shared, with the system's error
   */
  static async join(options: LinkOptions = {}): Promise<Link> {
    const { signal } = options;
    refuseAborted(signal);
    const link = new Link(options);
    try {
      await link.#sockets.open();
    } catch (error) {
      throw new LinkError("udp", messageOf(error), { cause: error });
    }
    if (signal?.aborted === true) await link.#sockets.close();
    refuseAborted(signal);
    link.#timer = setInterval(() => link.#tick(), tickMs);
    link.#tick();
    signal?.addEventListener("abort", link.#end);
    link.#signal = signal;
    return link;
  }

  /** @returns the undo */
  on<E extends keyof LinkEvents>(event: E, listener: (...args: LinkEvents[E]) => void): () => void {
    return this.#listeners.on(event, listener);
  }

  /** Number of other peers in the session. */
  get peers(): number {
    return peersOf(this.#state.peers, this.#state.sessionId).length;
  }

  /** Tempo in BPM. */
  get tempo(): number {
    return tempoOf(this.#state.timeline);
  }

  /** Id of the session: the node id of the peer that founded it, 16 hexadecimal digits. */
  get sessionId(): string {
    return this.#state.sessionId;
  }

  /** Faults for a person that last; the peer goes on. */
  get problems(): string[] {
    return this.#sockets.problems;
  }

  /** Microseconds of the host's clock now. */
  now(): number {
    return this.#hostMicros();
  }

  /** The session's beat at a time. */
  beatAt(time = this.now()): number {
    return beatAt(this.#state.timeline, time + this.#state.offset);
  }

  /** Place in a bar of `quantum` beats at a time: 0 up to `quantum`. */
  phaseAt(time = this.now(), quantum = 4): number {
    return phaseOf(this.beatAt(time), quantum);
  }

  /** The time of a beat of the session. */
  timeOfBeat(beat: number): number {
    return timeOfBeat(this.#state.timeline, beat) - this.#state.offset;
  }

  /** Sets the session's tempo from a time on. @param bpm cut to 20 to 999 */
  setTempo(bpm: number, at = this.now()): void {
    this.#advance({ type: "set-tempo", bpm, at });
  }

  /** Moves the session's beats forward so that `phase` of a bar of `quantum` beats is at a time. All peers jump. */
  setPhase(phase: number, quantum = 4, at = this.now()): void {
    this.#advance({ type: "set-phase", phase, quantum, at });
  }

  /** Begins to listen only, or to be a peer again. A change that is made here while it listens is sent all the same. */
  setQuiet(isQuiet: boolean): void {
    if (isQuiet !== this.#state.isQuiet) this.#advance({ type: "set-quiet", isQuiet });
  }

  /** Leaves the session, and announces that. */
  close(): Promise<void> {
    this.#closing ??= this.#leave();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #leave(): Promise<void> {
    clearInterval(this.#timer);
    this.#signal?.removeEventListener("abort", this.#end);
    const bye = encodeDiscovery({ type: "bye", nodeId: this.#state.nodeId });
    for (const { address } of this.#sockets.endpoints()) this.#sockets.send(bye, discoveryGroup, address);
    await this.#sockets.close();
  }

  #tick(): void {
    this.#ticks += 1;
    if (this.#ticks % ticksPerRefresh === 0) void this.#sockets.refresh();
    this.#advance({ type: "tick" });
  }

  #receive(bytes: Buffer, from: Endpoint, via: string): void {
    if (this.#closing !== undefined) return;
    const message = decodeDiscovery(bytes);
    if (message !== undefined) return this.#advance({ type: "received", message, from, via });
    const pong = decodePong(bytes);
    if (pong !== undefined) return this.#advance({ type: "pong", pong, from });
    const answer = answerPing(bytes, this.#state.sessionId, Math.round(this.now() + this.#state.offset));
    if (answer !== undefined) this.#sockets.send(answer, from, via);
  }

  #advance(event: SessionEvent): void {
    const before = this.#state;
    const { state, effects } = advanceSession(before, event, this.now());
    const peersBefore = this.peers;
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    if (state.sessionId !== before.sessionId) this.#listeners.emit("session", state.sessionId);
    if (state.timeline.microsPerBeat !== before.timeline.microsPerBeat) this.#listeners.emit("tempo", this.tempo);
    if (this.peers !== peersBefore) this.#listeners.emit("peers", this.peers);
  }

  #perform(effect: SessionEffect): void {
    switch (effect.type) {
      case "alive":
        for (const own of this.#sockets.endpoints()) {
          this.#sockets.send(encodeDiscovery({ type: "alive", ttlSec, peer: this.#peerAt(own) }), discoveryGroup, own.address);
        }
        break;
      case "respond": {
        const own = this.#sockets.endpoints().find(({ address }) => address === effect.via);
        if (own !== undefined) this.#sockets.send(encodeDiscovery({ type: "response", ttlSec, peer: this.#peerAt(own) }), effect.to, own.address);
        break;
      }
      case "ping": {
        const via = this.#sockets.toward(effect.to.address);
        if (via !== undefined) this.#sockets.send(effect.bytes, effect.to, via);
        break;
      }
    }
  }

  #peerAt(measuredAt: Endpoint): PeerState {
    const { nodeId, sessionId, timeline } = this.#state;
    return { nodeId, sessionId, timeline, measuredAt };
  }
}

function systemMicros(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

function refuseAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new LinkError("aborted", "joining the Link session was aborted", { cause: signal.reason });
}
