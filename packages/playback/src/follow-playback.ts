import type { OscMessage } from "@vj/telemetry";
import { followWorker } from "./follow-worker.ts";
import type { Follower } from "./follow-worker.ts";
import { readPlayback } from "./read-playback.ts";
import type { Track } from "./track.ts";
import { watchSources } from "./watch-sources.ts";
import type { SourceWatch } from "./watch-sources.ts";

/** What is called with the track and its position. */
export interface PlaybackFeedOptions {
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  busDir?: string | undefined;
  /** @param track undefined: nothing plays. */
  onTrack(track: Track | undefined): void;
  /** Seconds into the track. */
  onPosition(position: number, playing: boolean): void;
  /** Called with problems for a person. */
  onProblem(problem: string): void;
}

/** Decides which source counts; while it runs, messages of the sources are ignored. */
const arbiter = "now_playing";

/** Receives `/karaoke/track` and `/karaoke/pos` from `now_playing`, or from the sources when that does not run. */
export class PlaybackFeed implements AsyncDisposable {
  readonly #options: PlaybackFeedOptions;
  readonly #followers = new Map<string, Follower>();
  #watch: SourceWatch | undefined;
  /** The last track that each worker published: workers repeat it every ten seconds, which changes nothing. */
  readonly #published = new Map<string, string>();
  #arbitrated = false;
  /** The worker whose track counts at the moment. */
  #speaker = "";

  constructor(options: PlaybackFeedOptions) {
    this.#options = options;
  }

  open(): void {
    const { busDir, onProblem } = this.#options;
    this.#listenTo(arbiter);
    this.#watch = watchSources({ busDir });
    this.#watch.on("source", (_source, worker) => this.#listenTo(worker));
    this.#watch.on("problem", onProblem);
  }

  async close(): Promise<void> {
    const followers = [...this.#followers.values()];
    this.#followers.clear();
    await Promise.all([this.#watch?.close(), ...followers.map((follower) => follower.close())]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** A worker connected or was lost. */
  follow(worker: string, following: boolean): void {
    if (worker === arbiter) this.#arbitrated = following;
    this.#published.delete(worker);
  }

  /** A message of a worker; one that does not match the OSC table is ignored. */
  receive(worker: string, message: OscMessage): void {
    if (this.#arbitrated && worker !== arbiter) return;
    const playback = readPlayback(message);
    if (playback?.kind === "track") {
      const text = JSON.stringify(playback);
      if (this.#published.get(worker) === text) return;
      this.#published.set(worker, text);
      // A source without a track does not end the track of another source.
      if (playback.track === undefined && worker !== this.#speaker && worker !== arbiter) return;
      this.#speaker = worker;
      this.#options.onTrack(playback.track);
    } else if (playback?.kind === "position" && worker === this.#speaker) {
      this.#options.onPosition(playback.seconds, playback.playing);
    }
  }

  #listenTo(worker: string): void {
    if (this.#followers.has(worker)) return;
    const follower = followWorker({
      worker,
      busDir: this.#options.busDir,
      addresses: ["/karaoke/track", "/karaoke/pos"],
      onMessage: (message) => this.receive(worker, message),
      onChange: (following) => this.follow(worker, following),
    });
    this.#followers.set(worker, follower);
  }
}
