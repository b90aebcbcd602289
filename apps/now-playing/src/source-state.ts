import type { PlaybackMessage, Track } from "./playback-message.ts";

/** What is known of one source. Times are milliseconds of one monotonic clock. */
export interface SourceState {
  readonly track: Track | undefined;
  readonly playing: boolean;
  /** Seconds into the track at `positionAt`. */
  readonly position: number;
  readonly positionAt: number;
  /** When the track, or playing it, began. */
  readonly changedAt: number;
  /** The track was playing before we listened: its first position tells since when. */
  readonly joined: boolean;
  /** When its worker was lost; undefined while it is there. */
  readonly lostAt: number | undefined;
}

/** A source that nothing was heard of. */
export const unknownSource: SourceState = {
  track: undefined,
  playing: false,
  position: 0,
  positionAt: 0,
  changedAt: 0,
  joined: true,
  lostAt: 0,
};

/** A worker that is lost is restarted within moments; until then its track goes on. */
export const lossGraceMs = 5000;

/** The state after a message. */
export function hear(state: SourceState, message: PlaybackMessage, now: number): SourceState {
  return message.kind === "track" ? hearTrack(state, message.track, now) : hearPosition(state, message, now);
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
export function positionNow({ playing, position, positionAt }: SourceState, now: number): number {
  return playing ? position + (now - positionAt) / 1000 : position;
}

function hearTrack(state: SourceState, track: Track | undefined, now: number): SourceState {
  if (track === undefined) return { ...state, track, playing: false, joined: false };
  // Sources repeat their track for late joiners.
  if (track.artist === state.track?.artist && track.title === state.track.title) return { ...state, track };
  return { ...state, track, position: 0, positionAt: now, changedAt: now };
}

function hearPosition(state: SourceState, { seconds, playing }: { seconds: number; playing: boolean }, now: number): SourceState {
  const begun = playing && !state.playing ? now : state.changedAt;
  const changedAt = state.joined && state.track !== undefined ? now - seconds * 1000 : begun;
  return { ...state, playing, position: seconds, positionAt: now, changedAt, joined: state.joined && state.track === undefined };
}
