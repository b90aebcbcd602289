import { z } from "zod";

/** A track as a source reports it. */
export interface Track {
  artist: string;
  title: string;
  album: string;
  /** Seconds, 0 when unknown. */
  duration: number;
  hasLyrics: boolean;
}

/** What a source said: its track, or where it is in it. */
export type PlaybackMessage =
  | { kind: "track"; track: Track | undefined }
  | { kind: "position"; seconds: number; playing: boolean };

const flag = z.literal([0, 1]);
const trackArgs = z.tuple([flag, z.string(), z.string(), z.string(), z.string(), z.number().nonnegative(), flag]);
const positionArgs = z.tuple([z.number().nonnegative(), flag]);

/** Reads `/playback/<source>/track` and `/pos`; undefined when it is neither or does not fit the OSC table. */
export function readPlaybackMessage(address: string, args: readonly unknown[]): PlaybackMessage | undefined {
  if (address.endsWith("/track")) {
    const result = trackArgs.safeParse(args);
    if (!result.success) return undefined;
    const [active, , artist, title, album, duration, hasLyrics] = result.data;
    return { kind: "track", track: active === 1 ? { artist, title, album, duration, hasLyrics: hasLyrics === 1 } : undefined };
  }
  const result = positionArgs.safeParse(args);
  if (!address.endsWith("/pos") || !result.success) return undefined;
  return { kind: "position", seconds: result.data[0], playing: result.data[1] === 1 };
}
