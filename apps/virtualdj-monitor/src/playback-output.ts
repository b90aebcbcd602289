import type { OscValues, PlaybackSource } from "@vj/schema";
import { OutputHold } from "@vj/worker";

/** A track as it goes out; what the source does not know is empty or 0. */
export interface Track {
  artist: string;
  title: string;
  album: string;
  /** Seconds. */
  duration: number;
}

/** Where the OSC goes: the telemetry of the worker. */
export interface PlaybackOut {
  send(address: string, values: OscValues): void;
  forget(address: string): void;
}

/**
 * What one source plays, as OSC: always under `/playback/<source>/`, and as `/karaoke/` while nobody holds the output.
 * A source that has nothing to say leaves `/karaoke/` alone, so that an idle one does not speak over one that plays.
 */
export class PlaybackOutput {
  readonly hold = new OutputHold((held) => this.#onHold(held));
  readonly #source: PlaybackSource;
  readonly #out: PlaybackOut;
  #track: Track | undefined;
  /** Whether our track is what `/karaoke/track` said last. */
  #announced = false;
  #hasLyrics = false;

  constructor(source: PlaybackSource, out: PlaybackOut) {
    this.#source = source;
    this.#out = out;
  }

  /**
   * Publishes a new track, or that there is none.
   * @param hasLyrics whether its lyrics are known already.
   */
  publishTrack(track: Track | undefined, hasLyrics = false): void {
    this.#track = track;
    this.#hasLyrics = track !== undefined && hasLyrics;
    this.#out.send(`/playback/${this.#source}/track`, this.#values(false));
    if (!this.hold.held) this.#announce();
  }

  /** Publishes the track again if only now its lyrics are known, or lost. */
  publishLyrics(hasLyrics: boolean): void {
    if (this.#track === undefined || this.#hasLyrics === hasLyrics) return;
    this.#hasLyrics = hasLyrics;
    if (!this.hold.held) this.#announce();
  }

  /** Publishes the position in seconds. Nothing is sent while there is no track. */
  publishPosition(position: number, playing: boolean): void {
    if (this.#track === undefined) return;
    const values = [position, playing ? 1 : 0];
    this.#out.send(`/playback/${this.#source}/pos`, values);
    if (!this.hold.held) this.#out.send("/karaoke/pos", values);
  }

  #onHold(held: boolean): void {
    this.#announced &&= !held;
    // Whoever joins while we are held must hear of the track from the holder only.
    if (held) this.#out.forget("/karaoke/track");
    else this.#announce();
  }

  #announce(): void {
    const active = this.#track !== undefined;
    if (active || this.#announced) this.#out.send("/karaoke/track", this.#values(this.#hasLyrics));
    this.#announced = active;
  }

  #values(hasLyrics: boolean): (string | number)[] {
    const { artist, title, album, duration } = this.#track ?? { artist: "", title: "", album: "", duration: 0 };
    return [this.#track === undefined ? 0 : 1, this.#source, artist, title, album, duration, hasLyrics ? 1 : 0];
  }
}
