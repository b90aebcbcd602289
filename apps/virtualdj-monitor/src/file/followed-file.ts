import path from "node:path";
import { createSleepGauge } from "@vj/playback";
import { parseNowPlaying } from "./parse-now-playing.ts";
import { nextTrack, startOfWatch } from "./track-clock.ts";
import type { TimedTrack, TrackClock } from "./track-clock.ts";
import { watchFile } from "./watch-file.ts";
import type { FileReading } from "./watch-file.ts";

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
  readonly #slept = createSleepGauge();
  #missing = "looking for the file of VirtualDJ";
  #over = false;
  #late: string | undefined;
  #why = "";

  constructor(options: FollowedFileOptions) {
    this.#options = options;
    this.#stopWatching = watchFile({
      candidates: [...options.candidates],
      intervalMs: options.intervalMs,
      onReading: (reading) => {
        this.#path = reading.found ? reading.path : undefined;
        if (reading.found) this.#take(reading);
        else this.#missing = reading.reason;
        this.#over = this.#isOver();
        options.onChange();
      },
      onLate: (problem) => (this.#late = problem),
    });
    this.#timer = setInterval(() => {
      this.#wake();
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

  /** The track that it names, even after its end. */
  get track(): TimedTrack | undefined {
    return this.#path !== undefined && this.#clock.named ? this.#clock.track : undefined;
  }

  /** The track while it plays. */
  get playing(): TimedTrack | undefined {
    return this.#over ? undefined : this.track;
  }

  /** Why there is no track, for a person; null when there is one. */
  get reason(): string | null {
    if (this.#late !== undefined) return this.#late;
    if (this.#path === undefined) return this.#missing;
    if (this.track === undefined) return this.#why === "" ? `the newest entry of ${this.#path} has no title` : `${this.#path} names no track: ${this.#why}`;
    return this.#over ? "the last track of the file is over" : null;
  }

  #take(reading: Extract<FileReading, { found: true }>): void {
    this.#wake();
    const content = parseNowPlaying(reading.text, path.basename(reading.path));
    this.#why = content.kind === "none" ? content.why : "";
    this.#clock = nextTrack(this.#clock, content, reading, Date.now());
  }

  /** While the machine slept the clock of the process stood still: the track is that much older. */
  #wake(): void {
    const sleptMs = this.#slept();
    const { track } = this.#clock;
    if (sleptMs > 0 && track !== undefined) this.#clock = { ...this.#clock, track: { ...track, startedAt: track.startedAt - sleptMs } };
  }

  #isOver(): boolean {
    const { track } = this;
    return track !== undefined && (performance.now() - track.startedAt) / 1000 > this.#options.staleSec;
  }
}
