import type { NamedTrack } from "./parse-now-playing.ts";
import type { FileReading } from "./watch-file.ts";

/** The track of the file, and when it began on the clock of `performance.now()`. */
export interface TimedTrack extends NamedTrack {
  startedAt: number;
}

/**
 * The track after a reading of the file. A track begins when its change is noticed; one that the file named before the
 * watch began, when the file was written. The same track named again goes on.
 * @param epochNow now in epoch ms, the clock of `writtenAt`.
 */
export function nextTrack(
  previous: TimedTrack | undefined,
  named: NamedTrack | undefined,
  reading: Extract<FileReading, { found: true }>,
  epochNow: number,
): TimedTrack | undefined {
  if (named === undefined) return undefined;
  const { artist, title, time } = named;
  if (previous?.artist === artist && previous.title === title && previous.time === time) return previous;
  const ageMs = reading.writtenAt === undefined ? 0 : Math.max(0, epochNow - reading.writtenAt);
  return { ...named, startedAt: reading.noticedAt - ageMs };
}
