import { messageOf } from "@vj/schema";
import type { LyricsResult } from "./find-lyrics.ts";
import type { LyricsQuery } from "./lrclib.ts";
import { idlePipeline, pipelineAfter } from "./pipeline.ts";
import type { Pipeline } from "./pipeline.ts";
import { noSong, readSong } from "./song.ts";
import type { Song } from "./song.ts";

/** LRCLIB is slow or away at times; the song may still be playing then. */
export const retryMs = 30_000;

export interface CurrentSongOptions {
  /** Looks a song up. Rejects when it is not known whether there are lyrics. */
  find(query: LyricsQuery, signal: AbortSignal): Promise<LyricsResult>;
  /** Told when there is another song, and again when its lyrics are there. */
  onSong(song: Song, track: LyricsQuery | undefined): void;
  /** Told what a person should know. */
  onProblem(problem: string): void;
}

/** The song that lyrics are shown of: one at a time, the last one wanted. */
export class CurrentSong {
  readonly #options: CurrentSongOptions;
  #track: LyricsQuery | undefined;
  #song: Song = noSong;
  #result: LyricsResult | undefined;
  #problem: string | null = null;
  #serviceProblem: string | null = null;
  #pipeline: Pipeline = idlePipeline;
  /** Ends the search for a song that is wanted no more. */
  #search = new AbortController();

  constructor(options: CurrentSongOptions) {
    this.#options = options;
  }

  get track(): LyricsQuery | undefined {
    return this.#track;
  }

  /** What went wrong with this song; null when nothing did. */
  get problem(): string | null {
    return this.#problem;
  }

  get pipeline(): Pipeline {
    return this.#pipeline;
  }

  get hasLyrics(): boolean {
    return this.#song.lines.length > 0;
  }

  /** Why LRCLIB could not be asked the last time it was tried; null when it could, whatever it answered. */
  get serviceProblem(): string | null {
    return this.#serviceProblem;
  }

  /** Whether its lyrics were asked for, and there was an answer. */
  get answered(): boolean {
    return this.#result !== undefined;
  }

  /** Makes this the current song, without lyrics as yet. @returns ends with the song. */
  begin(track: LyricsQuery | undefined): AbortSignal {
    this.#search.abort();
    this.#search = new AbortController();
    this.#track = track;
    this.#result = undefined;
    this.#problem = null;
    this.#pipeline = idlePipeline;
    this.#show(noSong);
    return this.#search.signal;
  }

  /**
   * Makes this the current song and finds its lyrics; what goes wrong is kept as the problem, and tried again.
   * @returns false when another song was wanted before it ended. Never rejects.
   */
  async load(track: LyricsQuery): Promise<boolean> {
    const signal = this.begin(track);
    if (track.artist === "" || track.title === "") {
      this.#problem = "lyrics need both artist and title; try fetch_lyrics with both";
      return true;
    }
    this.#pipeline = pipelineAfter("running");
    try {
      const result = await this.#options.find(track, signal);
      if (signal.aborted) return false;
      this.#result = result;
      if (result.origin === "lrclib") this.#serviceProblem = null;
      this.#show(readSong(result.lyrics?.synced ?? result.lyrics?.plain ?? ""));
      this.#pipeline = pipelineAfter("complete", this.hasLyrics);
      if (result.lyrics === null) this.#problem = `LRCLIB has no lyrics of ${track.artist} - ${track.title}`;
    } catch (error) {
      if (signal.aborted) return false;
      this.#pipeline = pipelineAfter("error");
      this.#problem = messageOf(error);
      this.#serviceProblem = this.#problem;
      this.#options.onProblem(`${this.#problem}; asking again in ${retryMs / 1000} s`);
      const retry = setTimeout(() => void this.load(track), retryMs);
      signal.addEventListener("abort", () => clearTimeout(retry), { once: true });
    }
    return true;
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#search.abort();
  }

  /** What the search came to, for a person. */
  outcome(): string {
    if (this.#problem !== null) return this.#problem;
    if (this.hasLyrics) return "Lyrics fetched and analyzed";
    return this.#result?.lyrics?.instrumental === true
      ? "An instrumental: there is nothing to sing"
      : "Lyrics found, but without time stamps: they cannot be published line by line";
  }

  /** Its lyrics in `get_state`. */
  describe(): Record<string, unknown> {
    return {
      origin: this.#result?.origin ?? null,
      synced: this.hasLyrics,
      plain: (this.#result?.lyrics?.plain ?? null) !== null,
      instrumental: this.#result?.lyrics?.instrumental ?? false,
      lines: this.#song.lines.length,
      refrain_lines: this.#song.refrain.length,
      keyword_lines: this.#song.keywords.length,
    };
  }

  #show(song: Song): void {
    this.#song = song;
    this.#options.onSong(song, this.#track);
  }
}
