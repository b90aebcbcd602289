import type { DiscoveryMessage, PeerState } from "./discovery-message.ts";
import { isNewer } from "./timeline.ts";
import type { Timeline } from "./timeline.ts";

/** Peers in reach, by node id. */
export type Peers = ReadonlyMap<string, KnownPeer>;

export interface KnownPeer extends PeerState {
  /** Host time in microseconds at which it counts as gone unless it announces itself again. */
  readonly expiresAt: number;
  /** Address that it last announced itself from. */
  readonly from: string;
}

// Far more than ever met on one network; strangers that invent ids cannot fill the memory.
const mostPeers = 256;
// As many programs as ever run on one machine; one that invents ids leaves room for the others.
const mostOfAddress = 32;
const longestTtlSec = 30;

/** What a peer announces: its state, and for how many seconds that holds. */
type Spoken = Pick<Exclude<DiscoveryMessage, { type: "bye" }>, "peer" | "ttlSec">;

/** Peers after an announcement of one. A peer on two interfaces stays one. @param from address of the sender */
export function withPeer(peers: Peers, { peer, ttlSec }: Spoken, from: string, now: number): Peers {
  if (!peers.has(peer.nodeId) && (peers.size >= mostPeers || countAt(peers, from) >= mostOfAddress)) return peers;
  return new Map(peers).set(peer.nodeId, { ...peer, from, expiresAt: now + Math.min(ttlSec, longestTtlSec) * 1e6 });
}

/** Number of peers whose last announcement came from an address. */
export function countAt(peers: Peers, address: string): number {
  let count = 0;
  for (const { from } of peers.values()) if (from === address) count += 1;
  return count;
}

/** Peers without those that matched. The same object when none did. */
export function withoutPeers(peers: Peers, isGone: (peer: KnownPeer) => boolean): Peers {
  const kept = [...peers].filter(([, peer]) => !isGone(peer));
  return kept.length === peers.size ? peers : new Map(kept);
}

/** Peers of a session, in the order of their ids. */
export function peersOf(peers: Peers, sessionId: string): KnownPeer[] {
  return [...peers.values()].filter((peer) => peer.sessionId === sessionId).sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1));
}

/** The timeline that a session follows, as its peers announce it. */
export function newestTimeline(peers: Peers, sessionId: string): Timeline | undefined {
  let newest: Timeline | undefined;
  for (const { timeline } of peersOf(peers, sessionId)) {
    if (newest === undefined || isNewer(timeline, newest)) newest = timeline;
  }
  return newest;
}
