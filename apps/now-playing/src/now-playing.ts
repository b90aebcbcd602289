import { followLyrics, followWorker, readPlayback, watchSources } from "@vj/playback";
import type { Follower, LyricsAvailable, PlaybackMessage } from "@vj/playback";
import { trackOsc } from "@vj/schema";
import { Worker, packageVersion } from "@vj/worker";
import type { WorkerContext } from "@vj/worker";
import { nowPlayingConfig } from "./config.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decide.ts";
import { follow, isPresent, positionNow, receive, unknownSource } from "./source-state.ts";
import type { SourceState } from "./source-state.ts";
import { describeSource, describeTrack } from "./source-view.ts";
import type { Source } from "./source-view.ts";

const positionMs = 500;
/** After a start the sources are listened to this long before "no track" is said. */
const settleMs = 2000;

/** Decides which playback source counts, and is then the only one that publishes `/karaoke/track` and `/karaoke/pos`. */
export class NowPlaying extends Worker<typeof nowPlayingConfig, typeof trackOsc> {
  /** By name of the source. */
  readonly #sources = new Map<string, Source>();
  #stopWatching = (): void => {};
  #lyrics: LyricsAvailable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settledAt = 0;
  #decision: Decision = { source: undefined, why: "not decided yet" };
  /** The source named last, also once it has no track. */
  #lastSource = "";
  #published = "";

  constructor(context?: WorkerContext) {
    super(
      {
        name: "now_playing",
        version: packageVersion(import.meta.url),
        description: "Decides which playback source counts",
        config: nowPlayingConfig,
        osc: trackOsc,
      },
      context,
    );
  }

  protected override onStart(): void {
    this.#settledAt = performance.now() + settleMs;
    this.#stopWatching = watchSources({
      busDir: this.busDir,
      onSource: (source, worker) => this.#add(source, worker),
      onProblem: (problem) => this.log.warn(problem),
    });
    this.#lyrics = followLyrics(this.busDir, () => this.#publishTrack(performance.now()));
    this.#timer = setInterval(() => {
      this.#update();
      this.#publishPosition();
    }, positionMs);
  }

  protected override onStop(): void {
    clearInterval(this.#timer);
    this.#lyrics?.close();
    this.#stopWatching();
    for (const { follower } of this.#sources.values()) follower.close();
    this.#sources.clear();
    this.#published = "";
  }

  /** A pin is no reason to let go of the sources. */
  protected override async onConfig(): Promise<string> {
    this.#update();
    return `Config updated, ${this.#decision.source ?? "no source"}: ${this.#decision.why}${this.#unknownPin()}`;
  }

  /** A pinned source may come later; a mistyped one never does. */
  #unknownPin(): string {
    const { pinned_source } = this.config;
    if (pinned_source === "auto" || this.#sources.has(pinned_source)) return "";
    const known = [...this.#sources.keys()].sort().join(", ");
    return `; no worker speaks for it yet${known === "" ? "" : ` (there are: ${known})`}`;
  }

  protected override getState(): Record<string, unknown> {
    const now = performance.now();
    const current = this.#current();
    return {
      source: this.#decision.source ?? null,
      why: this.#decision.why,
      pinned_source: this.config.pinned_source,
      track: current === undefined ? null : describeTrack(current),
      is_playing: current?.position.playing ?? false,
      position: current === undefined ? null : positionNow(current, now),
      sources: Object.fromEntries(Array.from(this.#sources, ([source, entry]) => [source, describeSource(entry, now)])),
    };
  }

  protected override getStats(): Record<string, unknown> {
    return { source: this.#decision.source ?? null, why: this.#decision.why, is_playing: this.#current()?.position.playing ?? false };
  }

  #add(source: string, worker: string): void {
    const known = this.#sources.get(source);
    if (known === undefined) this.#sources.set(source, { state: unknownSource, worker, follower: this.#follow(source, worker) });
    else this.log.warn(`${worker} is left out: ${known.worker} speaks for ${source} already`);
  }

  #follow(source: string, worker: string): Follower {
    return followWorker({
      worker,
      busDir: this.busDir,
      addresses: [`/playback/${source}/*`],
      hold: true,
      onMessage: (message) => {
        const playback = readPlayback(message);
        if (playback !== undefined) this.#receive(source, playback);
        else this.log.warn({ address: message.address, args: message.args }, `${worker} sent what the OSC table does not allow`);
      },
      onChange: (following) => {
        this.log.info(following ? `${worker} is there` : `${worker} is gone`);
        this.#change(source, (state) => follow(state, following, performance.now()));
      },
      // Until now it may have published another track than ours, which is said again at the next turn of the clock.
      onHeld: () => (this.#published = ""),
    });
  }

  #receive(source: string, message: PlaybackMessage): void {
    const before = this.#sources.get(source)?.state.position.playing;
    const state = this.#change(source, (known) => receive(known, message, performance.now()));
    if (message.kind === "track" || before !== state?.position.playing) this.#update();
  }

  /** @returns the new state; undefined when the source is not followed any more. */
  #change(source: string, next: (state: SourceState) => SourceState): SourceState | undefined {
    const entry = this.#sources.get(source);
    if (entry !== undefined) entry.state = next(entry.state);
    return entry?.state;
  }

  /** Decides anew, and publishes the track if it is another. */
  #update(): void {
    const now = performance.now();
    const candidates = Array.from(this.#sources, ([source, { state, follower }]) => ({
      source,
      present: isPresent(state, now) && follower.state().health !== "late",
      playing: state.position.playing,
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
    const current = this.#current();
    const track = current?.track;
    if (track === undefined && now < this.#settledAt) return false;
    const hasLyrics = track !== undefined && (current?.hasLyrics === true || this.#lyrics?.has(track.artist, track.title) === true);
    const values = {
      active: track === undefined ? 0 : 1,
      source: this.#lastSource,
      ...(track ?? noTrack),
      has_lyrics: hasLyrics ? 1 : 0,
    };
    const text = JSON.stringify(values);
    if (text === this.#published) return false;
    this.#published = text;
    this.telemetry.send("/karaoke/track", values);
    return true;
  }

  #publishPosition(): void {
    const current = this.#current();
    if (current === undefined) return;
    this.telemetry.send("/karaoke/pos", { position: positionNow(current, performance.now()), is_playing: current.position.playing ? 1 : 0 });
  }

  /** The decided source, while it has a track. */
  #current(): SourceState | undefined {
    const { source } = this.#decision;
    const state = source === undefined ? undefined : this.#sources.get(source)?.state;
    return state !== undefined && isPresent(state, performance.now()) ? state : undefined;
  }
}

const noTrack = { artist: "", title: "", album: "", duration: 0 };
