import type { OscMessage } from "@vj/telemetry";
import { followWorker } from "./follow-worker.ts";
import type { Follower } from "./follow-worker.ts";
import { readPlayback } from "./read-playback.ts";
import type { Track } from "./track.ts";
import { watchSources } from "./watch-sources.ts";

export interface PlaybackFeedOptions {
  busDir: string;
  /** Undefined: nothing plays. */
  onTrack(track: Track | undefined): void;
  /** Seconds into the track. */
  onPosition(position: number, playing: boolean): void;
  /** Gets what a person should know. */
  onProblem(problem: string): void;
}

/** Decides which source counts; while it runs, nobody else's word does. */
const arbiter = "now_playing";

/** Listens to `/karaoke/track` and `/karaoke/pos` of whoever publishes them: `now_playing`, or the sources without it. */
export class PlaybackFeed {
  readonly #options: PlaybackFeedOptions;
  readonly #followers = new Map<string, Follower>();
  #stopWatching = (): void => {};
  /** The last track that each worker published: they repeat it every ten seconds, which changes nothing. */
  readonly #published = new Map<string, string>();
  #arbitrated = false;
  /** The worker whose track counts now. */
  #speaker = "";

  constructor(options: PlaybackFeedOptions) {
    this.#options = options;
  }

  open(): void {
    const { busDir, onProblem } = this.#options;
    this.#listenTo(arbiter);
    this.#stopWatching = watchSources({ busDir, onSource: (_source, worker) => this.#listenTo(worker), onProblem });
  }

  close(): void {
    this.#stopWatching();
    for (const follower of this.#followers.values()) follower.close();
    this.#followers.clear();
  }

  /** A worker came or went. */
  follow(worker: string, following: boolean): void {
    if (worker === arbiter) this.#arbitrated = following;
    this.#published.delete(worker);
  }

  /** A message of a worker; one that does not fit the OSC table is left out. */
  receive(worker: string, message: OscMessage): void {
    if (this.#arbitrated && worker !== arbiter) return;
    const playback = readPlayback(message);
    if (playback?.kind === "track") {
      const text = JSON.stringify(playback);
      if (this.#published.get(worker) === text) return;
      this.#published.set(worker, text);
      // That one source has nothing does not end the track of another.
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
