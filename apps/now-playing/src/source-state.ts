import { isSameTrack, positionAt } from "@vj/playback";
import type { PlaybackMessage, ReportedPosition, Track } from "@vj/playback";

/** The state of one source. Times are milliseconds of one monotonic clock. */
export interface SourceState {
  readonly track: Track | undefined;
  /** Whether the source itself reports lyrics. */
  readonly hasLyrics: boolean;
  readonly position: ReportedPosition;
  /** Whether a position of this track was received: before that, the track is only assumed to have begun just now. */
  readonly positioned: boolean;
  /** When it began to play, or paused. */
  readonly since: number;
  /** Time when its track arrived. */
  readonly trackAt: number;
  /** When this play of its track began, by its position. */
  readonly playAt: number;
  /** The beginning of this play was observed; otherwise the play may have been reported before, for example before a restart. */
  readonly seen: boolean;
  /** The track was playing before we subscribed: its first position shows when it began. */
  readonly joined: boolean;
  /** Time when its worker was lost; undefined while connected. */
  readonly lostAt: number | undefined;
  /** Time of its last message or connection. */
  readonly lastReceivedAt: number;
  /** Time since which its position has stayed at the end of its track although it reports that it plays. */
  readonly endedAt: number | undefined;
}

/** A source without any message yet. */
export const unknownSource: SourceState = {
  track: undefined,
  hasLyrics: false,
  position: { seconds: 0, playing: false, at: 0 },
  positioned: false,
  since: 0,
  trackAt: 0,
  playAt: 0,
  seen: false,
  joined: true,
  lostAt: 0,
  lastReceivedAt: 0,
  endedAt: undefined,
};

/** A lost worker is usually restarted within this time, ms; until then its track continues. */
export const lossGraceMs = 5000;
/** A track of unknown length counts as over after this time, seconds. */
const longestUnknown = 15 * 60;
/** Sources give a position twice a second: one that plays and sends nothing for this long hangs, ms. */
const hangMs = 5000;
/** A position this far from the one expected is a jump, seconds. */
const jumpSeconds = 0.3;
/** A jump from this far before the end to this far after the beginning means that the same track plays once more; part of its length. */
const edge = 0.1;
/** A track that was played for this long and is put back to its first seconds is played once more: a DJ begins it anew. Seconds. */
const [playedSeconds, beginSeconds] = [30, 2];
/** A track whose first position is beyond this had been playing before we noticed it, seconds: some players are noticed late. */
const noticeSeconds = 30;
/** Players report the end of a track a little late, seconds. */
const endGrace = 10;

/** The state after a message. */
export function receive(state: SourceState, message: PlaybackMessage, now: number): SourceState {
  return { ...(message.kind === "track" ? receiveTrack(state, message, now) : receivePosition(state, message, now)), lastReceivedAt: now };
}

/** Whether a position of it is elsewhere than was expected, or it began or ceased to play. */
export function isJump(before: SourceState, { position }: SourceState): boolean {
  return before.position.playing !== position.playing || Math.abs(positionNow(before, position.at) - position.seconds) > jumpSeconds;
}

/** When its worker was lost, or began to hang; undefined while it is well. */
export function lostSince({ lostAt, lastReceivedAt, position }: SourceState, now: number): number | undefined {
  return lostAt ?? (position.playing && now - lastReceivedAt > hangMs ? lastReceivedAt + hangMs : undefined);
}

/** The state after its worker has connected or was lost. */
export function follow(state: SourceState, following: boolean, now: number): SourceState {
  if (!following) return { ...state, lostAt: now };
  return { ...(isPresent(state, now) ? state : unknownSource), lostAt: undefined, lastReceivedAt: now };
}

/** Whether its track counts: its worker is connected, or was a moment ago. */
export function isPresent({ track, lostAt }: SourceState, now: number): boolean {
  return track !== undefined && (lostAt === undefined || now - lostAt < lossGraceMs);
}

/** Whether its track must be over although it reports that it plays. */
export function isStale(state: SourceState, now: number): boolean {
  const { duration = 0 } = state.track ?? {};
  if (!state.position.playing) return false;
  // A source stops its position at the end; one that is silent has it moved on by the clock.
  if (state.endedAt !== undefined && now - state.endedAt > endGrace * 1000) return true;
  return positionNow(state, now) > (duration > 0 ? duration + endGrace : longestUnknown);
}

/** Seconds into the track now, advanced by the clock while it plays. */
export function positionNow({ position }: SourceState, now: number): number {
  return positionAt(position, now);
}

type TrackMessage = Extract<PlaybackMessage, { kind: "track" }>;
type PositionMessage = Extract<PlaybackMessage, { kind: "position" }>;

function receiveTrack(state: SourceState, { track, hasLyrics }: TrackMessage, now: number): SourceState {
  if (track === undefined) {
    return { ...state, track, hasLyrics: false, position: { ...state.position, playing: false }, since: now, joined: false };
  }
  // Sources repeat their track for late joiners.
  if (isSameTrack(track, state.track)) return { ...state, track, hasLyrics };
  return { ...state, track, hasLyrics, position: { ...state.position, seconds: 0, at: now }, positioned: false, trackAt: now, playAt: now, seen: false, endedAt: undefined };
}

function receivePosition(state: SourceState, { seconds, playing }: PositionMessage, now: number): SourceState {
  const position = { seconds, playing, at: now };
  const begun = now - seconds * 1000;
  const { duration = 0 } = state.track ?? {};
  const endedAt = duration > 0 && playing && seconds >= duration ? (state.endedAt ?? now) : undefined;
  const next = { ...state, position, positioned: true, endedAt };
  if (state.joined && state.track !== undefined) return { ...next, since: begun, trackAt: begun, playAt: begun, joined: false };
  const since = playing === state.position.playing ? state.since : now;
  if (!state.positioned) return { ...next, since, playAt: begun, seen: seconds <= noticeSeconds };
  const before = positionNow(state, now);
  const again = playing && duration > 0 && before >= duration * (1 - edge) && seconds <= duration * edge;
  const anew = again || (playing && before >= playedSeconds && seconds <= beginSeconds);
  return { ...next, since, trackAt: again ? begun : state.trackAt, ...(anew ? { playAt: begun, seen: true } : {}) };
}
