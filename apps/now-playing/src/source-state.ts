import { isSameTrack, positionAt } from "@vj/playback";
import type { PlaybackMessage, ReportedPosition, Track } from "@vj/playback";

/** What is known of one source. Times are milliseconds of one monotonic clock. */
export interface SourceState {
  readonly track: Track | undefined;
  /** Whether the source says itself that there are lyrics. */
  readonly hasLyrics: boolean;
  readonly position: ReportedPosition;
  /** When the track, or playing it, began. */
  readonly changedAt: number;
  /** The track was playing before we listened: its first position tells since when. */
  readonly joined: boolean;
  /** When its worker was lost; undefined while it is there. */
  readonly lostAt: number | undefined;
}

/** A source that has said nothing yet. */
export const unknownSource: SourceState = {
  track: undefined,
  hasLyrics: false,
  position: { seconds: 0, playing: false, at: 0 },
  changedAt: 0,
  joined: true,
  lostAt: 0,
};

/** A worker that is lost is restarted within moments; until then its track goes on. */
export const lossGraceMs = 5000;

/** The state after a message. */
export function receive(state: SourceState, message: PlaybackMessage, now: number): SourceState {
  return message.kind === "track" ? receiveTrack(state, message, now) : receivePosition(state, message, now);
}

/** The state once its worker has come or gone. */
export function follow(state: SourceState, following: boolean, now: number): SourceState {
  if (!following) return { ...state, lostAt: now };
  return isPresent(state, now) ? { ...state, lostAt: undefined } : { ...unknownSource, lostAt: undefined };
}

/** Whether its track counts: its worker is there, or was a moment ago. */
export function isPresent({ track, lostAt }: SourceState, now: number): boolean {
  return track !== undefined && (lostAt === undefined || now - lostAt < lossGraceMs);
}

/** Seconds into the track now, advanced by the clock while it plays. */
export function positionNow({ position }: SourceState, now: number): number {
  return positionAt(position, now);
}

type TrackMessage = Extract<PlaybackMessage, { kind: "track" }>;
type PositionMessage = Extract<PlaybackMessage, { kind: "position" }>;

function receiveTrack(state: SourceState, { track, hasLyrics }: TrackMessage, now: number): SourceState {
  if (track === undefined) return { ...state, track, hasLyrics: false, position: { ...state.position, playing: false }, joined: false };
  // Sources repeat their track for late joiners.
  if (isSameTrack(track, state.track)) return { ...state, track, hasLyrics };
  return { ...state, track, hasLyrics, position: { ...state.position, seconds: 0, at: now }, changedAt: now };
}

function receivePosition(state: SourceState, { seconds, playing }: PositionMessage, now: number): SourceState {
  const begun = playing && !state.position.playing ? now : state.changedAt;
  const changedAt = state.joined && state.track !== undefined ? now - seconds * 1000 : begun;
  return { ...state, position: { seconds, playing, at: now }, changedAt, joined: state.joined && state.track === undefined };
}
