import { playbackSources, trackOsc } from "@vj/schema";
import type { PlaybackSource } from "@vj/schema";
import { followLyrics, followWorker, Worker } from "@vj/worker";
import type { Follower, LyricsAvailable } from "@vj/worker";
import { nowPlayingConfig, packageVersion } from "./config.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decide.ts";
import { readPlaybackMessage } from "./playback-message.ts";
import type { PlaybackMessage, Track } from "./playback-message.ts";
import { follow, hear, isPresent, positionNow, unknownSource } from "./source-state.ts";
import type { SourceState } from "./source-state.ts";
import { describeSource, describeTrack } from "./source-view.ts";
import type { Source } from "./source-view.ts";

const positionMs = 500;
/** After a start the sources are listened to this long before "no track" is said. */
const settleMs = 2000;

/** Decides which playback source counts, and is then the only one that publishes `/karaoke/track` and `/karaoke/pos`. */
export class NowPlaying extends Worker<typeof nowPlayingConfig> {
  readonly #sources = new Map<PlaybackSource, Source>(
    playbackSources.map((source) => [source, { state: unknownSource, follower: undefined }]),
  );
  #lyrics: LyricsAvailable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settledAt = 0;
  #decision: Decision = { source: undefined, why: "not decided yet" };
  /** The source named last, also once it has no track. */
  #lastSource = "";
  #published = "";

  constructor() {
    super({
      name: "now_playing",
      version: packageVersion(),
      description: "Decides which playback source counts",
      config: nowPlayingConfig,
      osc: trackOsc,
    });
  }

  protected override onStart(): void {
    this.#settledAt = performance.now() + settleMs;
    for (const [source, entry] of this.#sources) entry.follower = this.#follow(source, entry);
    this.#lyrics = followLyrics(this.busDir, () => this.#publishTrack(performance.now()));
    this.#timer = setInterval(() => {
      this.#update();
      this.#publishPosition();
    }, positionMs);
  }

  protected override onStop(): void {
    clearInterval(this.#timer);
    this.#lyrics?.close();
    for (const entry of this.#sources.values()) {
      entry.follower?.close();
      entry.follower = undefined;
      entry.state = unknownSource;
    }
    this.#published = "";
  }

  /** A pin is no reason to let go of the sources. */
  protected override async onConfig(): Promise<string> {
    this.#update();
    return `Config updated, ${this.#decision.source ?? "no source"}: ${this.#decision.why}`;
  }

  protected override getState(): Record<string, unknown> {
    const now = performance.now();
    const current = this.#current();
    return {
      source: this.#decision.source ?? null,
      why: this.#decision.why,
      pinned_source: this.config.pinned_source,
      track: describeTrack(current?.track),
      is_playing: current?.playing ?? false,
      position: current === undefined ? null : positionNow(current, now),
      sources: Object.fromEntries(Array.from(this.#sources, ([source, entry]) => [source, describeSource(entry, now)])),
    };
  }

  protected override getStats(): Record<string, unknown> {
    return { source: this.#decision.source ?? null, why: this.#decision.why, is_playing: this.#current()?.playing ?? false };
  }

  #follow(source: PlaybackSource, entry: Source): Follower {
    const worker = `${source}_monitor`;
    return followWorker({
      worker,
      busDir: this.busDir,
      addresses: [`/playback/${source}/*`],
      hold: true,
      onMessage: ({ address, args }) => {
        const message = readPlaybackMessage(address, args);
        if (message === undefined) this.log.warn({ address, args }, `${worker} sent what the OSC table does not allow`);
        else this.#hear(entry, message);
      },
      onChange: (following) => {
        this.log.info(following ? `${worker} is there` : `${worker} is gone`);
        entry.state = follow(entry.state, following, performance.now());
      },
      // Until now it may have published another track than ours, which is said again at the next turn of the clock.
      onHeld: () => (this.#published = ""),
    });
  }

  #hear(entry: Source, message: PlaybackMessage): void {
    const playing = entry.state.playing;
    entry.state = hear(entry.state, message, performance.now());
    if (message.kind === "track" || playing !== entry.state.playing) this.#update();
  }

  /** Decides anew, and publishes the track if it is another. */
  #update(): void {
    const now = performance.now();
    const candidates = Array.from(this.#sources, ([source, { state, follower }]) => ({
      source,
      present: isPresent(state, now) && follower?.state().health !== "late",
      playing: state.playing,
      changedAt: state.changedAt,
    }));
    const { source } = this.#decision;
    this.#decision = decide(candidates, this.config.pinned_source);
    if (this.#decision.source !== source) this.log.info(`${this.#decision.source ?? "no source"}: ${this.#decision.why}`);
    this.#lastSource = this.#decision.source ?? this.#lastSource;
    if (this.#publishTrack(now)) this.#publishPosition();
  }

  /** @returns whether it published. */
  #publishTrack(now: number): boolean {
    const track = this.#current()?.track;
    if (track === undefined && now < this.#settledAt) return false;
    const { artist, title, album, duration } = track ?? noTrack;
    const hasLyrics = track !== undefined && this.#hasLyrics(track);
    const values = [track === undefined ? 0 : 1, this.#lastSource, artist, title, album, duration, hasLyrics ? 1 : 0];
    const text = JSON.stringify(values);
    if (text === this.#published) return false;
    this.#published = text;
    this.telemetry.send("/karaoke/track", values);
    return true;
  }

  /** Whether the lyrics worker has its lyrics, or the source says that there are some. */
  #hasLyrics({ artist, title, hasLyrics }: Track): boolean {
    return hasLyrics || this.#lyrics?.has(artist, title) === true;
  }

  #publishPosition(): void {
    const current = this.#current();
    if (current !== undefined) this.telemetry.send("/karaoke/pos", [positionNow(current, performance.now()), current.playing ? 1 : 0]);
  }

  /** The decided source, while it has a track. */
  #current(): SourceState | undefined {
    const { source } = this.#decision;
    const state = source === undefined ? undefined : this.#sources.get(source)?.state;
    return state !== undefined && isPresent(state, performance.now()) ? state : undefined;
  }
}

const noTrack = { artist: "", title: "", album: "", duration: 0 };
