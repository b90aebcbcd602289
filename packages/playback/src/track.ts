/** A track; unknown values are empty or 0. */
export interface Track {
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  /** Seconds. */
  readonly duration: number;
}

/** The identity of a track; its other values may become known later. */
export type TrackName = Pick<Track, "artist" | "title">;

/** Whether both are the same track, or both undefined. */
export function isSameTrack(one: TrackName | undefined, other: TrackName | undefined): boolean {
  return one?.artist === other?.artist && one?.title === other?.title;
}
