import type { CommandDefinition } from "@vj/worker";
import { followLyrics } from "./lyrics-available.ts";
import type { LyricsAvailable } from "./lyrics-available.ts";
import { createSleepGauge } from "./sleep-gauge.ts";
import { SourceOutput } from "./source-output.ts";
import type { SourceTelemetry } from "./source-output.ts";
import { correct, noPosition, positionAt } from "./position-clock.ts";
import type { ReportedPosition, SteadyPosition } from "./position-clock.ts";
import { isSameTrack } from "./track.ts";
import type { Track } from "./track.ts";

const positionMs = 500;

/** A player's report: its track, and the position in it. */
export interface PlayerReport extends Omit<ReportedPosition, "duration"> {
  /** Undefined: no track. */
  readonly track: Track | undefined;
  /** Distinguishes two plays of tracks with the same names, for example the player's id of the track. */
  readonly id?: string | undefined;
}

/** The source, and where its messages go. */
export interface SourcePlayerOptions<S extends string> {
  /** The source in `/playback/<source>/track`. */
  readonly source: S;
  readonly telemetry: SourceTelemetry<S>;
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  readonly busDir?: string | undefined;
  /** The machine was asleep, so the position is a guess: ask the player again. */
  readonly onWake?: () => void;
}

/** The current track of a source, as `get_state` shows it. */
export interface PlayerState {
  readonly last_track: Track | null;
  readonly is_playing: boolean;
  /** Seconds; null without a track. */
  readonly position: number | null;
  readonly output_held: boolean;
}

/**
 * Publishes what a player reports: the track on change, the position twice a second and at every jump, `has_lyrics` once there are
 * lyrics. Between two reports the position advances with the clock.
 */
export class SourcePlayer<S extends string> implements AsyncDisposable {
  readonly #options: SourcePlayerOptions<S>;
  readonly #output: SourceOutput<S>;
  #lyrics: LyricsAvailable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #track: Track | undefined;
  #id: string | undefined;
  #position: SteadyPosition = noPosition;
  /** Nothing is published before the first report: "no track" would end a track that a restarted worker is about to report. */
  #silent = true;

  constructor(options: SourcePlayerOptions<S>) {
    this.#options = options;
    this.#output = new SourceOutput(options.source, options.telemetry);
  }

  open(): void {
    this.#lyrics = followLyrics(() => this.#output.publishLyrics(this.#hasLyrics()), { busDir: this.#options.busDir });
    const slept = createSleepGauge();
    this.#timer = setInterval(() => {
      this.#publishPosition();
      if (slept() > 0) this.#options.onWake?.();
    }, positionMs);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#silent = true;
    await this.#lyrics?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  report({ track, id, ...moment }: PlayerReport): void {
    const fresh = this.#silent || id !== this.#id || !isSameTrack(track, this.#track);
    const changed = fresh || track?.album !== this.#track?.album || track?.duration !== this.#track?.duration;
    this.#silent = false;
    this.#track = track;
    this.#id = id;
    const { position, jumped } = correct(this.#position, { ...moment, playing: moment.playing && track !== undefined, duration: track?.duration }, { fresh });
    this.#position = position;
    if (changed) this.#output.publishTrack(track, { hasLyrics: this.#hasLyrics() });
    if (changed || jumped) this.#publishPosition();
  }

  /** The command `hold_output`, for the command table of the worker. */
  holdCommand(): CommandDefinition {
    return this.#output.hold.command();
  }

  state(): PlayerState {
    return {
      last_track: this.#track ?? null,
      is_playing: this.#position.playing,
      position: this.#track === undefined ? null : this.#seconds(),
      output_held: this.#output.hold.held,
    };
  }

  /** Whether the track has ended by the clock; false when its length is unknown. */
  isOver(): boolean {
    const { duration = 0 } = this.#track ?? {};
    return duration > 0 && this.#seconds() >= duration;
  }

  #publishPosition(): void {
    if (!this.#silent) this.#output.publishPosition(this.#seconds(), this.#position.playing);
  }

  #seconds(): number {
    return positionAt(this.#position, performance.now());
  }

  #hasLyrics(): boolean {
    return this.#track !== undefined && this.#lyrics?.has(this.#track.artist, this.#track.title) === true;
  }
}
