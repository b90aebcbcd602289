import type { OscValuesOf, PlaybackOsc, trackOsc } from "@vj/schema";
import { OutputHold } from "./output-hold.ts";
import type { Track } from "./track.ts";

/** The addresses of a source: its own ones, and those of the track that counts. */
export type SourceOsc<S extends string> = typeof trackOsc & PlaybackOsc<S>;

type TrackValues = OscValuesOf<(typeof trackOsc)["/karaoke/track"]>;
type PositionValues = OscValuesOf<(typeof trackOsc)["/karaoke/pos"]>;

/** The telemetry of the worker. */
export interface SourceTelemetry<S extends string> {
  send(address: "/karaoke/track" | `/playback/${S}/track`, values: TrackValues): void;
  send(address: "/karaoke/pos" | `/playback/${S}/pos`, values: PositionValues): void;
  forget(address: "/karaoke/track"): void;
}

const noTrack: Track = { artist: "", title: "", album: "", duration: 0 };

/**
 * Publishes one source as OSC: always under `/playback/<source>/`, and under `/karaoke/` while no other process holds the
 * output. A source without a track does not send to `/karaoke/`, so that an idle source does not overwrite a playing one.
 */
export class SourceOutput<S extends string> {
  readonly hold = new OutputHold((held) => this.#onHold(held));
  readonly #source: S;
  readonly #out: SourceTelemetry<S>;
  #track: Track | undefined;
  /** Whether our track was the last one on `/karaoke/track`. */
  #announced = false;
  #hasLyrics = false;

  constructor(source: S, out: SourceTelemetry<S>) {
    this.#source = source;
    this.#out = out;
  }

  /**
   * Publishes a new track, or that there is none.
   * @param hasLyrics whether its lyrics are available already.
   */
  publishTrack(track: Track | undefined, { hasLyrics = false }: { readonly hasLyrics?: boolean } = {}): void {
    this.#track = track;
    this.#hasLyrics = track !== undefined && hasLyrics;
    this.#out.send(`/playback/${this.#source}/track`, this.#values(false));
    if (!this.hold.held) this.#announce();
  }

  /** Publishes the track again if its lyrics have become available or were lost. */
  publishLyrics(hasLyrics: boolean): void {
    if (this.#track === undefined || this.#hasLyrics === hasLyrics) return;
    this.#hasLyrics = hasLyrics;
    if (!this.hold.held) this.#announce();
  }

  /** Publishes the position in seconds. Nothing is sent while there is no track. */
  publishPosition(position: number, playing: boolean): void {
    if (this.#track === undefined) return;
    const values = { position, is_playing: playing ? 1 : 0 };
    this.#out.send(`/playback/${this.#source}/pos`, values);
    if (!this.hold.held) this.#out.send("/karaoke/pos", values);
  }

  #onHold(held: boolean): void {
    this.#announced &&= !held;
    // While the output is held, only the holder may send the track to late joiners.
    if (held) this.#out.forget("/karaoke/track");
    else this.#announce();
  }

  #announce(): void {
    const active = this.#track !== undefined;
    if (active || this.#announced) this.#out.send("/karaoke/track", this.#values(this.#hasLyrics));
    this.#announced = active;
  }

  #values(hasLyrics: boolean): TrackValues {
    const { artist, title, album, duration } = this.#track ?? noTrack;
    const active = this.#track === undefined ? 0 : 1;
    return { active, source: this.#source, artist, title, album, duration, has_lyrics: hasLyrics ? 1 : 0 };
  }
}
