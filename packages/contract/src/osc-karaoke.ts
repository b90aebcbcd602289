import { defineOscTable, flag, seconds, text } from "./osc-table.ts";
import type { OscAddress } from "./osc-table.ts";

const trackArguments = [
  flag("active"),
  text("source"),
  text("artist"),
  text("title"),
  text("album"),
  seconds("duration"),
  flag("has_lyrics"),
] as const;
const positionArguments = [seconds("position"), flag("is_playing")] as const;

const track = (description: string): OscAddress<typeof trackArguments> => ({ args: trackArguments, kind: "state", description });

const position = (description: string): OscAddress<typeof positionArguments> => ({
  args: positionArguments,
  kind: "stream",
  rate: 2,
  description,
});

/** The track that counts, and its position. */
export const trackOsc = defineOscTable({
  "/karaoke/track": track("The track that is playing; active 0 and empty texts when none is"),
  "/karaoke/pos": position("Position in the track, and whether it is playing"),
});

/** The addresses of one playback source. */
export type PlaybackOsc<S extends string> = {
  readonly [A in `/playback/${S}/track`]: OscAddress<typeof trackArguments>;
} & { readonly [A in `/playback/${S}/pos`]: OscAddress<typeof positionArguments> };

/** `/playback/<source>/track` and `/pos`: the track of one source, whether or not it counts. */
export function playbackOsc<const S extends string>(source: S): PlaybackOsc<S> {
  // The compiler does not infer computed keys.
  return defineOscTable({
    [`/playback/${source}/track`]: track(`The track that ${source} plays`),
    [`/playback/${source}/pos`]: position(`Position of ${source}`),
  }) as PlaybackOsc<S>;
}

const sourceAddress = /^\/playback\/([a-z][a-z0-9_]*)\/track$/;

/**
 * The playback sources of a worker: it declares `/playback/<source>/track` and has the command `hold_output`, so that
 * only one worker publishes.
 */
export function sourcesOf({ osc, commands }: { osc: object; commands: object }): string[] {
  if (!Object.hasOwn(commands, "hold_output")) return [];
  return Object.keys(osc).flatMap((address) => sourceAddress.exec(address)?.[1] ?? []);
}
