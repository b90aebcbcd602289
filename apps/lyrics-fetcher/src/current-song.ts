import { messageOf } from "@vj/schema";
import { pendingPipeline, runPipeline } from "./pipeline.ts";
import type { Pipeline } from "./pipeline.ts";
import { newSong } from "./song.ts";
import type { LyricsQuery, Song } from "./song.ts";
import type { Step } from "./steps/step.ts";

/** LRCLIB is slow or away at times; the song may still be playing then. Milliseconds. */
export const retryMs = 30_000;

export interface CurrentSongOptions {
  /** What is done to find the lyrics of a song. The first one that fails ends the attempt. */
  readonly steps: readonly Step[];
  /** Publishes a song: at first without lyrics, and again when they are there. */
  onSong(song: Song): void;
  /** Gets what a person should know. */
  onProblem(problem: string): void;
}

/** The song that lyrics are shown of: one at a time, the last one requested. */
export class CurrentSong {
  readonly #options: CurrentSongOptions;
  readonly #steps: readonly Step[];
  #song: Song = newSong(undefined);
  #problem: string | null = null;
  #serviceProblem: string | null = null;
  #pipeline: Pipeline;
  #answered = false;
  /** Cancels the work on a song when another one is requested. */
  #work = new AbortController();

  constructor(options: CurrentSongOptions) {
    this.#options = options;
    const publish: Step = { name: "send_osc", run: async (song) => this.#show(song) };
    this.#steps = [...options.steps, publish];
    this.#pipeline = pendingPipeline(this.#steps);
  }

  get track(): LyricsQuery | undefined {
    return this.#song.track;
  }

  /** What went wrong with this song; null when nothing did. */
  get problem(): string | null {
    return this.#problem;
  }

  /** How far the work on this song is. */
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

  /** Whether its lyrics were looked up, and there was an answer. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Makes this the current song, without lyrics as yet. @returns ends with the song. */
  begin(track: LyricsQuery | undefined): AbortSignal {
    this.#work.abort();
    this.#work = new AbortController();
    this.#problem = null;
    this.#answered = false;
    this.#pipeline = pendingPipeline(this.#steps);
    this.#show(newSong(track));
    return this.#work.signal;
  }

  /**
   * Makes this the current song and finds its lyrics; what goes wrong is kept as the problem, and tried again.
   * @returns false when another song was requested before it ended. Never rejects.
   */
  async load(track: LyricsQuery): Promise<boolean> {
    const signal = this.begin(track);
    if (track.artist === "" || track.title === "") {
      this.#problem = "lyrics need both artist and title; try fetch_lyrics with both";
      return true;
    }
    try {
      const song = await runPipeline(this.#steps, this.#song, signal, (pipeline) => (this.#pipeline = pipeline));
      this.#answered = true;
      if (song.origin === "lrclib") this.#serviceProblem = null;
      if (song.lyrics === null) this.#problem = `LRCLIB has no lyrics of ${track.artist} - ${track.title}`;
    } catch (error) {
      if (signal.aborted) return false;
      this.#problem = messageOf(error);
      this.#serviceProblem = this.#problem;
      this.#options.onProblem(`${this.#problem}; asking again in ${retryMs / 1000} s`);
      const retry = setTimeout(() => void this.load(track), retryMs);
      signal.addEventListener("abort", () => clearTimeout(retry), { once: true });
    }
    return true;
  }

  /** Cancels what is under way. */
  stop(): void {
    this.#work.abort();
  }

  /** What came of the search, for a person. */
  outcome(): string {
    if (this.#problem !== null) return this.#problem;
    if (this.hasLyrics) return "Lyrics fetched and analyzed";
    return this.#song.lyrics?.instrumental === true
      ? "An instrumental: there is nothing to sing"
      : "Lyrics found, but without time stamps: they cannot be published line by line";
  }

  /** Its lyrics in `get_state`. */
  describe(): Record<string, unknown> {
    const { origin, lyrics, lines, refrain, keywords } = this.#song;
    return {
      origin,
      synced: this.hasLyrics,
      plain: (lyrics?.plain ?? null) !== null,
      instrumental: lyrics?.instrumental ?? false,
      lines: lines.length,
      refrain_lines: refrain.length,
      keyword_lines: keywords.length,
    };
  }

  #show(song: Song): Song {
    this.#song = song;
    this.#options.onSong(song);
    return song;
  }
}
