import { parseNowPlaying } from "./parse-now-playing.ts";
import { nextTrack, startOfWatch } from "./track-clock.ts";
import type { TimedTrack, TrackClock } from "./track-clock.ts";
import { watchFile } from "./watch-file.ts";

export interface FollowedFileOptions {
  /** Files to look for, the first that exists counts. */
  readonly candidates: readonly string[];
  readonly intervalMs: number;
  /** A track counts as over this long after its change, seconds. */
  readonly staleSec: number;
  /** Another track, or none. */
  onChange(): void;
}

const lookMs = 500;

/** The text file that VirtualDJ writes, followed: the track that it names, and since when. */
export class FollowedFile {
  readonly #options: FollowedFileOptions;
  readonly #stopWatching: () => void;
  readonly #timer: NodeJS.Timeout;
  #clock: TrackClock = startOfWatch;
  #path: string | undefined;
  #missing = "looking for the file of VirtualDJ";
  #over = false;

  constructor(options: FollowedFileOptions) {
    this.#options = options;
    this.#stopWatching = watchFile({
      candidates: [...options.candidates],
      intervalMs: options.intervalMs,
      onReading: (reading) => {
        this.#path = reading.found ? reading.path : undefined;
        if (reading.found) this.#clock = nextTrack(this.#clock, parseNowPlaying(reading.text), reading, Date.now());
        else this.#missing = reading.reason;
        this.#over = this.#isOver();
        options.onChange();
      },
    });
    this.#timer = setInterval(() => {
      if (this.#over === this.#isOver()) return;
      this.#over = !this.#over;
      options.onChange();
    }, lookMs);
  }

  close(): void {
    this.#stopWatching();
    clearInterval(this.#timer);
  }

  /** The file that is read; undefined while there is none. */
  get path(): string | undefined {
    return this.#path;
  }

  /** The track that it names, over or not. */
  get track(): TimedTrack | undefined {
    return this.#path !== undefined && this.#clock.named ? this.#clock.track : undefined;
  }

  /** The track while it plays. */
  get playing(): TimedTrack | undefined {
    return this.#over ? undefined : this.track;
  }

  /** Why there is no track, for a person; null when there is one. */
  get reason(): string | null {
    if (this.#path === undefined) return this.#missing;
    if (this.track === undefined) return `${this.#path} names no track: it has neither a line "Artist - Title" nor an entry "HH:MM : Artist - Title" nor #EXTVDJ tags with a title`;
    return this.#over ? "the last track of the file is over" : null;
  }

  #isOver(): boolean {
    const { track } = this;
    return track !== undefined && (performance.now() - track.startedAt) / 1000 > this.#options.staleSec;
  }
}
