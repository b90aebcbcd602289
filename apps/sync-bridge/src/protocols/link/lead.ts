import { beatAt, placeIn, wayIn } from "../../tempo.ts";
import type { RigTempo, Tempo } from "../../tempo.ts";
import { largeChange } from "../../rig-tempo/other-tempo.ts";
import type { JumpReason } from "../../rig-tempo/rig-tempo-out.ts";
import { planSlew } from "./slew.ts";
import type { Slew } from "./slew.ts";

/** The input at one moment. Times in microseconds. */
export interface LeadInput {
  readonly nowUs: number;
  /** The rig's tempo, shifted by the offset of the output; undefined: there is nothing to send. */
  readonly rig: RigTempo | undefined;
  /** The session as a line. */
  readonly session: Tempo & { readonly id: string; readonly peers: number };
}

/** What to do in the session. */
export type LeadAction =
  | { readonly type: "tempo"; readonly bpm: number; readonly atUs: number }
  | { readonly type: "phase"; readonly phase: number; readonly quantum: number; readonly atUs: number };

/** Our own changes of the session so far. */
export interface LeadState {
  readonly sessionId: string;
  readonly joinedUs: number;
  /** The session as we left it; undefined: nothing was put into it yet. */
  readonly ours: Tempo | undefined;
  /** The rig's tempo when a peer changed the session: the peer leads until the rig's tempo really changes. */
  readonly yieldedAt: number | undefined;
  /** Since when there has been no peer; undefined: there is one. */
  readonly aloneSinceUs: number | undefined;
  readonly slew: Slew | undefined;
  readonly isBarPut: boolean;
  /** A drop or another track may move all beats once; undefined: it may not. */
  readonly jumpUs: number | undefined;
  /** Until this time a person is correcting the beats: each of their moves counts at once. */
  readonly handUntilUs: number;
  /** Until this time beats are moved fast, because the tempo changes anyway. */
  readonly fastUntilUs: number;
}

export const noLead: LeadState = {
  sessionId: "",
  joinedUs: 0,
  ours: undefined,
  yieldedAt: undefined,
  aloneSinceUs: undefined,
  slew: undefined,
  isBarPut: false,
  jumpUs: undefined,
  handUntilUs: Number.NEGATIVE_INFINITY,
  fastUntilUs: Number.NEGATIVE_INFINITY,
};

/** Time after which two sessions that met have become one. */
const settleUs = 500_000;
/** A smaller change of the tempo is never sent. */
const leastTempo = 0.0005;
/** A change that makes the rig lead again. */
const realTempo = 0.005;
/** Beats that are further off than this jump, if a jump is allowed. */
const jumpAboveUs = 25_000;
/**
 * Delay from a drop until the bar is read, because the analyzer needs some beats to find it. A jump is allowed until `jumpForUs` after the
 * drop.
 */
const jumpAfterUs = 1_500_000;
const jumpForUs = 8_000_000;
const fastUs = 3_000_000;
/** Beats that must agree with a bar before it is put into the session: a wrong one would stay there until the next drop. */
const beatsOfFirstBar = 8;
/** A peer that has been away for this long leads no more: otherwise the next one that joins would get its tempo. A network that fails for a moment is back before. */
const awayUs = 10_000_000;
/** A session that is further off its line than this was changed by a peer. */
const peerTempo = 0.0002;
const peerUs = 5000;

/** Allows a jump of the beats. A drop says where 1 is, not who leads; a correction and another track also make the rig lead again. */
export function allowJump(state: LeadState, nowUs: number, reason: JumpReason): LeadState {
  if (reason === "drop") return { ...state, jumpUs: nowUs };
  const led = { ...state, yieldedAt: undefined };
  return reason === "track" ? { ...led, jumpUs: nowUs } : { ...led, handUntilUs: nowUs + jumpForUs };
}

/** One look at the session, about every 50 ms: what to put into it. Pure. */
export function lead(before: LeadState, { nowUs, rig, session }: LeadInput): { state: LeadState; actions: readonly LeadAction[] } {
  let state = before;
  if (session.id !== state.sessionId) state = { ...noLead, sessionId: session.id, joinedUs: nowUs };
  if (state.ours !== undefined && isOther(state.ours, session)) state = { ...state, ours: undefined, slew: undefined, yieldedAt: rig?.bpm ?? session.bpm };
  else if (state.ours !== undefined) state = { ...state, ours: session };
  if (state.jumpUs !== undefined && nowUs - state.jumpUs > jumpForUs) state = { ...state, jumpUs: undefined };
  state = withPeers(state, session.peers, nowUs);
  if (rig?.live !== true) return endSlew(state, session, nowUs);
  if (state.yieldedAt !== undefined) {
    if (share(rig.bpm, state.yieldedAt) < realTempo) return { state, actions: [] };
    state = { ...state, yieldedAt: undefined };
  }
  if (nowUs - state.joinedUs < settleUs) return { state, actions: [] };
  return put(state, rig, session, nowUs);
}

function withPeers(state: LeadState, peers: number, nowUs: number): LeadState {
  const aloneSinceUs = peers > 0 ? undefined : (state.aloneSinceUs ?? nowUs);
  const isAlone = aloneSinceUs !== undefined && nowUs - aloneSinceUs > awayUs;
  return { ...state, aloneSinceUs, yieldedAt: isAlone ? undefined : state.yieldedAt };
}

function put(before: LeadState, rig: RigTempo, session: LeadInput["session"], nowUs: number): { state: LeadState; actions: readonly LeadAction[] } {
  let state = before;
  if (share(rig.bpm, state.slew?.thenBpm ?? session.bpm) > largeChange) state = { ...state, jumpUs: nowUs };
  const hasBar = rig.metre === 4 && rig.barKnown;
  const isSure = rig.barBeats >= beatsOfFirstBar || nowUs < state.handUntilUs;
  const quantum = hasBar && (isSure || state.isBarPut || session.peers === 0) ? 4 : 1;
  const isBarPut = state.isBarPut || (hasBar && isSure);
  const way = wayIn(quantum, beatAt(session, nowUs), beatAt(rig, nowUs));
  const behindUs = (wayIn(1, 0, way) * 60e6) / rig.bpm;
  const isBarOff = Math.abs(way) > 0.5;
  const isAllowed = state.ours === undefined || session.peers === 0 || nowUs < state.handUntilUs || (state.jumpUs !== undefined && nowUs - state.jumpUs > jumpAfterUs);
  const mayMoveBar = isAllowed || (quantum === 4 && !state.isBarPut);
  if ((isBarOff && mayMoveBar) || (isAllowed && Math.abs(behindUs) > jumpAboveUs)) {
    const phase = placeIn(quantum, beatAt(rig, nowUs));
    const ours = { bpm: rig.bpm, beat: beatAt(session, nowUs) + placeIn(quantum, way), atUs: nowUs };
    const actions: LeadAction[] = [{ type: "tempo", bpm: rig.bpm, atUs: nowUs }, { type: "phase", phase, quantum, atUs: nowUs }];
    return { state: { ...state, ours, isBarPut, slew: undefined, jumpUs: undefined }, actions };
  }
  const known = state.slew?.thenBpm ?? session.bpm;
  const isReal = share(rig.bpm, known) > realTempo;
  const fastUntilUs = isReal ? nowUs + fastUs : state.fastUntilUs;
  const next = { ...state, isBarPut, fastUntilUs };
  if (state.slew !== undefined && !isReal) {
    return nowUs < state.slew.endUs ? { state: next, actions: [] } : endSlew({ ...next, slew: { ...state.slew, thenBpm: rig.bpm } }, session, nowUs);
  }
  const slew = planSlew(behindUs, rig.bpm, nowUs, nowUs < fastUntilUs);
  const bpm = slew?.bpm ?? rig.bpm;
  if (slew === undefined && share(bpm, session.bpm) < leastTempo && state.ours !== undefined) return { state: { ...next, slew }, actions: [] };
  return { state: { ...next, slew, ours: { bpm, beat: beatAt(session, nowUs), atUs: nowUs } }, actions: [{ type: "tempo", bpm, atUs: nowUs }] };
}

/** Back to the even tempo, from the time on for which it was planned. */
function endSlew(state: LeadState, session: Tempo, nowUs: number): { state: LeadState; actions: readonly LeadAction[] } {
  const { slew } = state;
  if (slew === undefined || nowUs < slew.endUs) return { state, actions: [] };
  // After a stall the planned time is long over: peers have moved on with the other tempo.
  const atUs = nowUs - slew.endUs < 150_000 ? slew.endUs : nowUs;
  const ours = { bpm: slew.thenBpm, beat: beatAt(session, atUs), atUs };
  return { state: { ...state, slew: undefined, ours }, actions: [{ type: "tempo", bpm: slew.thenBpm, atUs }] };
}

/** A peer leads from now on: a tempo that we set only to move beats is taken back, unless a peer has changed it. */
export function letGo(state: LeadState, session: Tempo): { state: LeadState; actions: readonly LeadAction[] } {
  const { slew, ours } = state;
  const isOurs = slew !== undefined && ours !== undefined && !isOther(ours, session);
  // Later changes start anew.
  return { state: { ...state, ours: undefined, slew: undefined }, actions: isOurs ? [{ type: "tempo", bpm: slew.thenBpm, atUs: session.atUs }] : [] };
}

/** Whether the session is another line than it was, by more than clocks and measurements differ. */
export function isOther(ours: Tempo, session: Tempo): boolean {
  const offUs = (Math.abs(wayIn(4, beatAt(ours, session.atUs), session.beat)) * 60e6) / session.bpm;
  return share(ours.bpm, session.bpm) > peerTempo || offUs > peerUs;
}

function share(one: number, other: number): number {
  return Math.abs(one / other - 1);
}
