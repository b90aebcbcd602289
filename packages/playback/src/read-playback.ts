import { trackOsc } from "@vj/schema";
import { readOsc } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";
import { cleanTrack } from "./clean-track.ts";
import type { Track } from "./track.ts";

/** A message of a source, or of the worker that decides between sources. */
export type PlaybackMessage =
  /** Without a track: nothing plays. */
  | { readonly kind: "track"; readonly source: string; readonly track: Track | undefined; readonly hasLyrics: boolean }
  | { readonly kind: "position"; readonly seconds: number; readonly playing: boolean };

/** Three years, seconds: a larger position is a fault. */
const furthest = 1e8;

/**
 * Reads `/karaoke/track`, `/karaoke/pos`, and `/playback/<source>/track` and `/pos`.
 * @returns undefined for another message, or one that does not match the OSC table, or has an impossible position.
 */
export function readPlayback(message: OscMessage): PlaybackMessage | undefined {
  const address = message.address.replace(/^\/playback\/[^/]+\//, "/karaoke/");
  const reading = readOsc(trackOsc, { address, tags: message.tags, args: message.args });
  switch (reading?.address) {
    case undefined:
      return undefined;
    case "/karaoke/track": {
      const { active, source, artist, title, album, duration, has_lyrics } = reading.args;
      const track = active === 1 ? cleanTrack({ artists: [artist], title, album, duration }) : undefined;
      return { kind: "track", source, track, hasLyrics: has_lyrics === 1 };
    }
    case "/karaoke/pos":
      return reading.args.position > furthest ? undefined : { kind: "position", seconds: reading.args.position, playing: reading.args.is_playing === 1 };
  }
}
