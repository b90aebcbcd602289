import { playbackSources } from "@vj/schema";
import { followWorker } from "@vj/worker";
import type { Follower } from "@vj/worker";
import { z } from "zod";

/** The track that counts. */
export interface PlayedTrack {
  artist: string;
  title: string;
  album: string;
  /** Seconds, 0 when unknown. */
  duration: number;
}

export interface PlaybackFeedOptions {
  busDir: string;
  /** Undefined: nothing plays. */
  onTrack(track: PlayedTrack | undefined): void;
  /** Seconds into the track. */
  onPosition(position: number, playing: boolean): void;
}

/** Decides which source counts; while it runs, nobody else's word does. */
const arbiter = "now_playing";
const monitors = playbackSources.map((source) => `${source}_monitor`);

const flag = z.literal([0, 1]);
const trackArgs = z.tuple([flag, z.string(), z.string(), z.string(), z.string(), z.number(), flag]);
const positionArgs = z.tuple([z.number().nonnegative(), flag]);

/** Listens to `/karaoke/track` and `/karaoke/pos` of whoever publishes them: `now_playing`, or the monitors without it. */
export class PlaybackFeed {
  readonly #options: PlaybackFeedOptions;
  readonly #followers: Follower[] = [];
  /** What each worker said last: they repeat it every ten seconds, which is no news. */
  readonly #said = new Map<string, string>();
  #arbitrated = false;
  /** The worker whose track counts now. */
  #speaker = "";

  constructor(options: PlaybackFeedOptions) {
    this.#options = options;
  }

  open(): void {
    for (const worker of [arbiter, ...monitors]) {
      const follower = followWorker({
        worker,
        busDir: this.#options.busDir,
        addresses: ["/karaoke/track", "/karaoke/pos"],
        onMessage: ({ address, args }) => this.hear(worker, address, args),
        onChange: (following) => this.follow(worker, following),
      });
      this.#followers.push(follower);
    }
  }

  close(): void {
    for (const follower of this.#followers.splice(0)) follower.close();
  }

  /** A worker came or went. */
  follow(worker: string, following: boolean): void {
    if (worker === arbiter) this.#arbitrated = following;
    this.#said.delete(worker);
  }

  /** A message of a worker; one that does not fit the OSC table is left out. */
  hear(worker: string, address: string, args: readonly unknown[]): void {
    if (this.#arbitrated && worker !== arbiter) return;
    if (address === "/karaoke/track") this.#hearTrack(worker, args);
    else this.#hearPosition(worker, args);
  }

  #hearTrack(worker: string, args: readonly unknown[]): void {
    const result = trackArgs.safeParse(args);
    const text = JSON.stringify(args);
    if (!result.success || this.#said.get(worker) === text) return;
    this.#said.set(worker, text);
    const [active, , artist, title, album, duration] = result.data;
    // That one source has nothing does not end the track of another.
    if (active === 0 && worker !== this.#speaker && worker !== arbiter) return;
    this.#speaker = worker;
    this.#options.onTrack(active === 1 ? { artist, title, album, duration } : undefined);
  }

  #hearPosition(worker: string, args: readonly unknown[]): void {
    const result = positionArgs.safeParse(args);
    if (result.success && worker === this.#speaker) this.#options.onPosition(result.data[0], result.data[1] === 1);
  }
}
