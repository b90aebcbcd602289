import type { Song } from "../song.ts";

/** One step of the work on a song. */
export interface Step {
  readonly name: string;
  /**
   * @returns the song with this step's part filled in; undefined when there is nothing to do for this song
   * @throws Error when the step failed: the following ones are not run.
   */
  run(song: Song, signal: AbortSignal): Promise<Song | undefined>;
}
