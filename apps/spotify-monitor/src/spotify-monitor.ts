import { playbackOsc, trackOsc } from "@vj/schema";
import { SourceOutput } from "@vj/playback";
import type { SourceOsc } from "@vj/playback";
import { Worker } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { unavailableReason } from "./availability.ts";
import { environmentOverrides, packageVersion, spotifyConfig } from "./config.ts";

/** What it cannot do yet, as `get_state` tells it. */
const lacks = ["signing in (comes later)", "asking Spotify's Web API what plays (comes later)"];

/**
 * Will tell what Spotify plays. Until it can ask Spotify it is idle and says why; it sends nothing on `/karaoke/`,
 * where a source that has nothing to say would speak over one that plays.
 */
export class SpotifyMonitor extends Worker<typeof spotifyConfig, SourceOsc<"spotify">> {
  readonly #output = new SourceOutput("spotify", this.telemetry);

  constructor() {
    super({
      name: "spotify_monitor",
      version: packageVersion(),
      description: "What Spotify plays; idle until it can ask Spotify",
      config: spotifyConfig,
      overrides: environmentOverrides(),
      osc: { ...trackOsc, ...playbackOsc("spotify") },
    });
  }

  protected override onStart(): void {
    this.log.info(unavailableReason(this.config));
    this.#output.publishTrack(undefined);
  }

  protected override commands(): CommandTable {
    return { hold_output: this.#output.hold.command() };
  }

  protected override getState(): Record<string, unknown> {
    return {
      available: false,
      reason: unavailableReason(this.config),
      poll_interval: this.config.poll_interval,
      last_track: null,
      output_held: this.#output.hold.held,
      lacks,
    };
  }

  protected override getStats(): Record<string, unknown> {
    return { available: false, reason: unavailableReason(this.config) };
  }
}
