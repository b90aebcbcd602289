import type { DiscoveryMessage, Endpoint, PeerState } from "./discovery-message.ts";
import { checkSilence, takePong } from "./measurement.ts";
import { followMeasurement, listensAlone, measureNext } from "./measuring.ts";
import { withPeer, withoutPeers } from "./peers.ts";
import type { OwnChange, SessionEffect, SessionEvent, SessionState, SessionStep } from "./session-state.ts";
import { isNewer, madeAgain, withPhase, withTempo } from "./timeline.ts";
import type { Timeline } from "./timeline.ts";

const aliveMicros = 250_000;
const soonestAliveMicros = 50_000;
// A process that was stopped this long cannot know what the session did meanwhile.
const stallMicros = 2_000_000;
const quietMicros = 1_000_000;
// A peer that was out of reach for longer did not change the session a moment before us.
const overtakenMicros = 1_000_000;
/** More are not made in that time and the moment before it, at ten changes of tempo and phase a second. */
const mostMade = 40;

/**
 * The whole of a peer's behaviour: the effect of one event at one time. Deterministic, without clock, timers or sockets:
 * the caller owns those, sends what the effects say, and calls with a `tick` about every 50 ms.
 *
 * Source: public descriptions of the protocol, and official peers watched on loopback.
 * @param now host time in microseconds of a monotonic clock
 */
export function advanceSession(before: SessionState, event: SessionEvent, now: number): SessionStep {
  const { state, effects } = advance(before, event, now);
  // A listener compares ages only while its session has peers: alone, it also joins a session that lost against the ended one.
  if (!listensAlone(state) || listensAlone(before)) return { state, effects };
  return { state: { ...state, setAside: new Map() }, effects };
}

function advance(state: SessionState, event: SessionEvent, now: number): SessionStep {
  switch (event.type) {
    case "tick":
      return onTick(state, now);
    case "received":
      return onReceived(state, event, now);
    case "pong": {
      const { measurement } = state;
      if (measurement === undefined || !isSame(measurement.to, event.from)) return { state, effects: [] };
      return followMeasurement(state, takePong(measurement, event.pong, now), now);
    }
    case "set-tempo":
      return { state: withChange(state, withTempo(state.timeline, event.bpm, event.at + state.offset), now), effects: [] };
    case "set-quiet":
      // The others do not know which session a listener has joined: it is announced when it becomes a peer.
      return { state: { ...state, isQuiet: event.isQuiet, isChanged: state.isChanged || (state.isQuiet && !event.isQuiet) }, effects: [] };
    case "set-phase":
      return { state: withChange(state, withPhase(state.timeline, event.phase, event.quantum, event.at + state.offset), now), effects: [] };
  }
}

/** After a change made here. */
function withChange(state: SessionState, timeline: Timeline, now: number): SessionState {
  const { ownChange } = state;
  if (!state.givesWay) return { ...state, timeline, isChanged: true };
  // Of several changes that no peer knows yet, the first one replaced what the peers know.
  const open = state.isChanged || ownChange?.overtaken !== undefined ? ownChange : undefined;
  return { ...state, timeline, ownChange: { at: now, replaced: open?.replaced ?? state.timeline, made: lastMade(open, timeline), overtaken: open?.overtaken }, isChanged: true };
}

const lastMade = (change: OwnChange | undefined, timeline: Timeline): readonly Timeline[] => [...(change?.made ?? []), timeline].slice(-mostMade);

/** Makes the change of a peer again that ours overtook. It waits for a tick, so that the newest of several that come together counts. */
function giveBack(state: SessionState, now: number): SessionState {
  const { ownChange } = state;
  if (ownChange?.overtaken === undefined) return state;
  const timeline = madeAgain(ownChange.overtaken, state.timeline, now + state.offset);
  return { ...state, timeline, ownChange: { at: now, replaced: ownChange.overtaken, made: lastMade(ownChange, timeline), overtaken: undefined }, isChanged: true };
}

function onTick(before: SessionState, now: number): SessionStep {
  const awake = giveBack(now - before.lastTickAt > stallMicros ? afterStall(before, now) : before, now);
  const present: SessionState = { ...awake, lastTickAt: now, peers: withoutPeers(awake.peers, ({ expiresAt }) => expiresAt <= now) };
  const { measurement } = present;
  const { state, effects } = measurement === undefined ? measureNext(present, now) : followMeasurement(present, checkSilence(measurement, now), now);
  const sinceAlive = now - state.lastAliveAt;
  const isDue = (sinceAlive >= aliveMicros && !state.isQuiet) || (state.isChanged && sinceAlive >= soonestAliveMicros);
  if (!isDue || now < state.quietUntil) return { state, effects };
  return { state: { ...state, lastAliveAt: now, isChanged: false }, effects: [...effects, { type: "alive" }] };
}

// Its knowledge of the others is old: they announce themselves anew, and one of them is measured before this peer announces anything.
function afterStall(state: SessionState, now: number): SessionState {
  const { measurement: _, ...rest } = state;
  return { ...rest, peers: new Map(), setAside: new Map(), measuredAt: undefined, quietUntil: now + quietMicros };
}

function onReceived(state: SessionState, { message, from, via }: { message: DiscoveryMessage; from: Endpoint; via: string }, now: number): SessionStep {
  if (message.type === "bye") {
    return { state: { ...state, peers: withoutPeers(state.peers, ({ nodeId }) => nodeId === message.nodeId) }, effects: [] };
  }
  const { peer, type } = message;
  if (peer.nodeId === state.nodeId) return { state, effects: [] };
  const answer: SessionEffect[] = type === "alive" && now >= state.quietUntil && !state.isQuiet ? [{ type: "respond", to: from, via }] : [];
  const next = followPeer({ ...state, peers: withPeer(state.peers, message, from.address, now) }, peer, now);
  if (next.measurement !== undefined) return { state: next, effects: answer };
  const step = measureNext(next, now);
  return { state: step.state, effects: [...answer, ...step.effects] };
}

function followPeer(state: SessionState, { sessionId, timeline }: PeerState, now: number): SessionState {
  if (sessionId !== state.sessionId) return state;
  if (isNewer(timeline, state.timeline)) return { ...state, timeline, ownChange: undefined, isChanged: !state.isQuiet };
  const { ownChange } = state;
  if (ownChange === undefined || !overtook(ownChange, timeline, now)) return state;
  return { ...state, ownChange: { ...ownChange, overtaken: timeline } };
}

/** Whether a peer set `timeline`, the newest so far, a moment before our change without knowing of it. */
function overtook({ at, replaced, made, overtaken }: OwnChange, timeline: Timeline, now: number): boolean {
  return now - at < overtakenMicros && isNewer(timeline, overtaken ?? replaced) && !made.some((own) => isSameLine(own, timeline));
}

function isSameLine(a: Timeline, b: Timeline): boolean {
  return a.beatOrigin === b.beatOrigin && a.timeOrigin === b.timeOrigin && a.microsPerBeat === b.microsPerBeat;
}

function isSame(a: Endpoint, b: Endpoint): boolean {
  return a.address === b.address && a.port === b.port;
}
