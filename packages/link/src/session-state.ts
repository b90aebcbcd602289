import type { DiscoveryMessage, Endpoint } from "./discovery-message.ts";
import type { Measurement } from "./measurement.ts";
import type { Pong } from "./measurement-message.ts";
import type { Peers } from "./peers.ts";
import { microsPerBeatOf } from "./timeline.ts";
import type { Timeline } from "./timeline.ts";

/** All that a peer knows. Times in microseconds of host time, but for the timeline's, which are session time. */
export interface SessionState {
  readonly nodeId: string;
  readonly sessionId: string;
  /** Session time = host time + offset. */
  readonly offset: number;
  /** Host time of the last measurement of the own session; undefined after a stall, when the offset may be wrong. */
  readonly measuredAt: number | undefined;
  readonly timeline: Timeline;
  readonly peers: Peers;
  /** Other sessions that lost against ours or did not answer, and when to measure them again. */
  readonly setAside: ReadonlyMap<string, number>;
  readonly measurement?: Measurement;
  /** Whether something changed that peers were not sent yet. */
  readonly isChanged: boolean;
  /** A listener: it joins the sessions of others, and announces only changes that are made here. */
  readonly isQuiet: boolean;
  /** A change made here gives way to one of a peer that it overtook. */
  readonly givesWay: boolean;
  readonly ownChange: OwnChange | undefined;
  readonly lastAliveAt: number;
  readonly lastTickAt: number;
  /** After a stall: announce nothing until then, unless a measurement shows earlier that the own clock is right. */
  readonly quietUntil: number;
}

/** The last change made here, where it gives way and while no newer one of a peer is known. */
export interface OwnChange {
  /** Host time. */
  readonly at: number;
  /** What it replaced: a peer that sets something after that did not know of our change. */
  readonly replaced: Timeline;
  /** The timelines made here, the last ones: peers send them, too. */
  readonly made: readonly Timeline[];
  /** The newest one of a peer that it overtook: the protocol lets the later change count, so that the peer's would be lost. */
  readonly overtaken: Timeline | undefined;
}

/** What happened. `from` is the address of the sender, `via` the own address of the interface that it is reached on. */
export type SessionEvent =
  | { readonly type: "tick" }
  | { readonly type: "received"; readonly message: DiscoveryMessage; readonly from: Endpoint; readonly via: string }
  | { readonly type: "pong"; readonly pong: Pong; readonly from: Endpoint }
  /** Tempo in BPM from host time `at` on. */
  | { readonly type: "set-tempo"; readonly bpm: number; readonly at: number }
  /** From now on it only listens, or no longer. */
  | { readonly type: "set-quiet"; readonly isQuiet: boolean }
  /** Phase `phase` of a bar of `quantum` beats at host time `at`. */
  | { readonly type: "set-phase"; readonly phase: number; readonly quantum: number; readonly at: number };

/** What to send. */
export type SessionEffect =
  | { readonly type: "alive" }
  | { readonly type: "respond"; readonly to: Endpoint; readonly via: string }
  | { readonly type: "ping"; readonly to: Endpoint; readonly bytes: Buffer };

/** The next state, and what to send in this order. */
export interface SessionStep {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
}

/** A peer alone: it founds a session, whose time begins at 0. @param isQuiet it only listens @param givesWay its changes give way to those of peers that they overtook */
export function foundSession(nodeId: string, bpm: number, now: number, { isQuiet = false, givesWay = false }: { readonly isQuiet?: boolean; readonly givesWay?: boolean } = {}): SessionState {
  return {
    nodeId,
    sessionId: nodeId,
    offset: -now,
    measuredAt: now,
    timeline: { microsPerBeat: microsPerBeatOf(bpm), beatOrigin: 0, timeOrigin: 0 },
    peers: new Map(),
    setAside: new Map(),
    isChanged: !isQuiet,
    isQuiet,
    givesWay,
    ownChange: undefined,
    lastAliveAt: Number.NEGATIVE_INFINITY,
    lastTickAt: now,
    quietUntil: Number.NEGATIVE_INFINITY,
  };
}
