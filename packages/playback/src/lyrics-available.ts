import { lyricsOsc } from "@vj/schema";
import { readOsc } from "@vj/telemetry";
import { followWorker } from "./follow-worker.ts";
import type { FollowOptions } from "./follow-worker.ts";

/** Answers whether a track has lyrics. */
export interface LyricsAvailable extends AsyncDisposable {
  /** Whether this track has lyrics with timed lines; false without a lyrics worker. */
  has(artist: string, title: string): boolean;
  close(): Promise<void>;
}

/**
 * Follows `/lyrics/available` of `lyrics_fetcher`, for a publisher of `/karaoke/track` with its `has_lyrics`.
 * @param onChange called when the answer may have changed: publish the track again with only `has_lyrics` changed.
 */
export function followLyrics(onChange: () => void, { busDir }: Pick<FollowOptions, "busDir"> = {}): LyricsAvailable {
  let track: readonly [artist: string, title: string] | undefined;
  const change = (next: typeof track): void => {
    track = next;
    onChange();
  };
  const follower = followWorker({
    worker: "lyrics_fetcher",
    busDir,
    addresses: ["/lyrics/available"],
    onMessage: (message) => {
      const reading = readOsc(lyricsOsc, message);
      if (reading?.address !== "/lyrics/available") return;
      const { artist, title, available } = reading.args;
      change(available === 1 ? [artist, title] : undefined);
    },
    onChange: (following) => {
      if (!following) change(undefined);
    },
  });
  return {
    has: (artist, title) => track !== undefined && track[0] === artist && track[1] === title,
    close: follower.close,
    [Symbol.asyncDispose]: follower.close,
  };
}
