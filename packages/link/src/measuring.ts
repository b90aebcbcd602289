import { startMeasurement } from "./measurement.ts";
import type { MeasurementStep } from "./measurement.ts";
import { countAt, newestTimeline, peersOf } from "./peers.ts";
import type { KnownPeer } from "./peers.ts";
import type { SessionState, SessionStep } from "./session-state.ts";

// Two sessions of nearly the same age: the clocks cannot tell which is older, the ids decide.
const sameAgeMicros = 500_000;
const remeasureMicros = 30_000_000;
const retryMicros = 1_000_000;
const mostSetAside = 64;

/** Starts the measurement that is due, if one is: of a session not met before, or again of the own. */
export function measureNext(state: SessionState, now: number): SessionStep {
  const peer = strangerOf(state, now) ?? referenceOf(state, now);
  if (peer?.measuredAt === undefined) return { state, effects: [] };
  return followMeasurement(state, startMeasurement(peer.nodeId, peer.sessionId, peer.measuredAt, now), now);
}

/** Takes the next step of a measurement, and judges the session when it is over. */
export function followMeasurement(state: SessionState, step: MeasurementStep | undefined, now: number): SessionStep {
  if (step === undefined) return { state, effects: [] };
  if (step.type === "continues") {
    const { measurement, ping } = step;
    return { state: { ...state, measurement }, effects: [{ type: "ping", to: measurement.to, bytes: ping }] };
  }
  const { measurement, ...rest } = state;
  if (measurement === undefined) return { state, effects: [] };
  const { sessionId } = measurement;
  if (step.type === "failed") return { state: setAside(rest, sessionId, now + retryMicros), effects: [] };
  const measured = { ...rest, quietUntil: now };
  if (sessionId === state.sessionId) return { state: { ...measured, offset: step.offset, measuredAt: now }, effects: [] };
  const timeline = newestTimeline(state.peers, sessionId);
  if (timeline === undefined || !(isOlder(sessionId, step.offset, state) || listensAlone(state))) {
    return { state: setAside(measured, sessionId, now + remeasureMicros), effects: [] };
  }
  const joined = { ...measured, sessionId, offset: step.offset, measuredAt: now, timeline, ownChange: undefined, isChanged: !state.isQuiet, setAside: new Map() };
  return { state: joined, effects: [] };
}

// From an address of many peers most may be invented, and each costs half a second: those of quieter addresses come first.
function strangerOf({ peers, sessionId: own, setAside: later }: SessionState, now: number): KnownPeer | undefined {
  const strangers = [...peers.values()].filter(
    ({ sessionId, measuredAt }) => sessionId !== own && measuredAt !== undefined && (later.get(sessionId) ?? now) <= now,
  );
  const crowds = new Map(strangers.map(({ from }) => [from, countAt(peers, from)]));
  const crowdOf = ({ from }: KnownPeer): number => crowds.get(from) ?? 0;
  return strangers.reduce<KnownPeer | undefined>((first, next) => (first === undefined || crowdOf(next) < crowdOf(first) ? next : first), undefined);
}

// The founder is the clock of its session; without it the first by id, which itself measures nobody. After a stall any
// peer is better than the own clock.
function referenceOf({ peers, sessionId, nodeId: own, measuredAt, setAside: later }: SessionState, now: number): KnownPeer | undefined {
  const isStale = measuredAt === undefined;
  if ((!isStale && (now - measuredAt < remeasureMicros || sessionId === own)) || (later.get(sessionId) ?? now) > now) return undefined;
  const others = peersOf(peers, sessionId);
  const [first] = others;
  return others.find(({ nodeId }) => nodeId === sessionId) ?? (first !== undefined && (isStale || first.nodeId < own) ? first : undefined);
}

/** A listener has no session that others could join: it joins any. */
export function listensAlone({ isQuiet, peers, sessionId }: SessionState): boolean {
  return isQuiet && peersOf(peers, sessionId).length === 0;
}

function isOlder(sessionId: string, offset: number, state: SessionState): boolean {
  const olderBy = offset - state.offset;
  return Math.abs(olderBy) > sameAgeMicros ? olderBy > 0 : sessionId < state.sessionId;
}

function setAside(state: SessionState, sessionId: string, until: number): SessionState {
  const kept = [...state.setAside].filter(([id]) => id !== sessionId).slice(1 - mostSetAside);
  return { ...state, setAside: new Map([...kept, [sessionId, until]]) };
}
