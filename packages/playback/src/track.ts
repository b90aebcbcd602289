/** A track; what its source does not know is empty or 0. */
export interface Track {
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  /** Seconds. */
  readonly duration: number;
}

/** What a track is known by; the rest may become known later. */
export type TrackName = Pick<Track, "artist" | "title">;

/** Whether both are the same track, or both none. */
export function isSameTrack(one: TrackName | undefined, other: TrackName | undefined): boolean {
  return one?.artist === other?.artist && one?.title === other?.title;
}
