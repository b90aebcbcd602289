import { isDeepStrictEqual } from "node:util";
import { isSameTrack } from "@vj/playback";
import type { LyricsAway } from "@vj/schema";
import { runPipeline } from "./pipeline.ts";
import type { PipelineBoard } from "./pipeline.ts";
import { fitsDuration, newSong } from "./song.ts";
import type { LyricsQuery, Song } from "./song.ts";
import { describeLyrics, nothingFound, outcomeOf } from "./song-report.ts";
import { SourceError } from "./sources/lyrics-source.ts";
import type { Step } from "./steps/step.ts";

/** A service is slow or away at times; the song may still be playing then. */
const firstRetryMs = 5000;
const longestRetryMs = 60_000;

/** How long to wait before asking again. @param attempt 0 for the first one that failed. @returns milliseconds */
export function retryAfter(attempt: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** attempt);
}

export interface CurrentSongOptions {
  /** What is done with a song. One that fails is tried again later. */
  readonly steps: readonly Step[];
  /** Gets how far they are. */
  readonly board: Pick<PipelineBoard, "begin" | "enter">;
  /** Publishes a song: at first without lyrics, and again when they are there, or other ones. */
  onSong(song: Song): void;
  /** All that can be done with the song for now was done. */
  onWorked(song: Song): void;
  /** Gets what a person should know. */
  onProblem(problem: string): void;
}

/** The song that lyrics are shown of: one at a time, the last one requested. */
export class CurrentSong {
  readonly #options: CurrentSongOptions;
  readonly #steps: readonly Step[];
  #song: Song = newSong(undefined);
  /** The song without lyrics, with which the steps begin; meanwhile the song that is shown may have some. */
  #blank: Song = this.#song;
  #problem: string | null = null;
  #serviceProblem: string | null = null;
  #answered = false;
  /** When the first question without an answer was asked, epoch ms; undefined since there was an answer. */
  #awaySince: number | undefined;
  /** When this song is asked for again, epoch ms; undefined when it is not. */
  #retryAt: number | undefined;
  /** Cancels the work on a song when another one is requested. */
  #work = new AbortController();

  constructor(options: CurrentSongOptions) {
    this.#options = options;
    const publish: Step = { name: "send_osc", run: async (song) => (song === this.#blank ? undefined : this.#show(song)) };
    this.#steps = [...options.steps, publish];
  }

  get track(): LyricsQuery | undefined {
    return this.#song.track;
  }

  /** What went wrong with this song; null when nothing did. */
  get problem(): string | null {
    return this.#problem;
  }

  get hasLyrics(): boolean {
    return this.#song.lines.length > 0;
  }

  /** Why a service could not be asked the last time it was tried; null when it could, whatever it answered. */
  get serviceProblem(): string | null {
    return this.#serviceProblem;
  }

  /** Whether it is asked for again by itself while it plays. */
  get asksAgain(): boolean {
    return this.#retryAt !== undefined;
  }

  /** Other services are asked from now on: nothing is known of them. */
  forgetServices(): void {
    this.#serviceProblem = null;
    this.#awaySince = undefined;
  }

  /** Set while no service could be asked about this song and it has no lyrics; undefined when one could be asked, or none was tried. */
  get away(): LyricsAway | undefined {
    if (this.#retryAt === undefined || this.#awaySince === undefined || this.#problem === null || this.#song.lyrics !== null) return undefined;
    return { problem: this.#problem, since: Math.floor(this.#awaySince / 1000), retry_at: this.#retryAt / 1000 };
  }

  /** Whether its lyrics were looked up, and there was an answer. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Makes this the current song, without lyrics as yet. @returns ends with the song. */
  begin(track: LyricsQuery | undefined, byHand = false): AbortSignal {
    const signal = this.#restart(newSong(track, { byHand }));
    this.#options.board.begin();
    this.#song = this.#blank;
    this.#options.onSong(this.#song);
    return signal;
  }

  /** Ends the work that is under way. @param blank the song that work begins on now @returns ends with it */
  #restart(blank: Song): AbortSignal {
    this.#work.abort();
    this.#work = new AbortController();
    this.#blank = blank;
    this.#problem = null;
    this.#answered = false;
    this.#retryAt = undefined;
    return this.#work.signal;
  }

  /** Whether this is the song that is shown already. Another version may have the same names. */
  isCurrent(track: LyricsQuery): boolean {
    return isSameTrack(track, this.track) && fitsDuration(track.duration, this.track?.duration);
  }

  /**
   * Makes this the current song and finds its lyrics; what goes wrong is kept as the problem, and tried again. A song that is shown already
   * stays as it is until there are other lyrics of it.
   * @param byHand whether a person asked for it: then services are asked even during a pause that they requested
   * @returns false when another song was requested before it ended. Never rejects.
   */
  async load(track: LyricsQuery, byHand = false): Promise<boolean> {
    const signal = this.isCurrent(track) ? this.#restart(newSong(track, { byHand })) : this.begin(track, byHand);
    if (track.artist === "" || track.title === "") {
      this.#problem = "lyrics need both artist and title; try fetch_lyrics with both";
      for (const { name } of this.#steps) this.#options.board.enter(name, "skipped", this.#problem);
      this.#options.onWorked(this.#song);
      return true;
    }
    return this.#run(track, signal, 0);
  }

  async #run(track: LyricsQuery, signal: AbortSignal, attempt: number): Promise<boolean> {
    const { board, onWorked, onProblem } = this.#options;
    const result = await runPipeline(this.#steps, this.#blank, signal, (...step) => board.enter(...step)).catch(() => undefined);
    if (result === undefined) return false;
    const [failure] = result.failures;
    const { song } = result;
    if (failure === undefined) {
      this.#answered = true;
      this.#retryAt = undefined;
      if (song.fault === null) this.#awaySince = undefined;
      if (song.fault !== undefined) this.#serviceProblem = song.fault;
      if (typeof song.fault === "string") onProblem(song.fault);
      this.#problem = song.lyrics === null ? nothingFound(track) : null;
    } else {
      const { error, step } = failure;
      this.#problem = error.message;
      if (step === this.#steps[0]?.name) this.#serviceProblem = this.#problem;
      this.#awaySince ??= Date.now();
      const waitMs = error instanceof SourceError && error.retryMs !== undefined ? error.retryMs : retryAfter(attempt);
      onProblem(`${this.#problem}; asking again in ${Math.ceil(waitMs / 1000)} s`);
      this.#retryAt = Date.now() + waitMs;
      const retry = setTimeout(() => void this.#again(track, signal, attempt + 1), waitMs);
      signal.addEventListener("abort", () => clearTimeout(retry), { once: true });
    }
    onWorked(song);
    return true;
  }

  /** True when this attempt is automatic, even if a person asked for the song. */
  #again(track: LyricsQuery, signal: AbortSignal, attempt: number): Promise<boolean> {
    this.#blank = { ...this.#blank, byHand: false };
    return this.#run(track, signal, attempt);
  }

  /** Cancels what is under way. */
  stop(): void {
    this.#work.abort();
  }

  /** The result of the search, for a person. */
  outcome(): string {
    return this.#problem ?? outcomeOf(this.#song);
  }

  get song(): Song {
    return this.#song;
  }

  /** Its lyrics in `get_state`. */
  describe(): Record<string, unknown> {
    return describeLyrics(this.#song);
  }

  /** Publishes a song, unless that would change nothing. */
  #show(song: Song): Song {
    const { lyrics, lines } = this.#song;
    const same = isSameTrack(song.track, this.track) && isDeepStrictEqual([song.lyrics, song.lines], [lyrics, lines]);
    this.#song = song;
    if (!same) this.#options.onSong(song);
    return song;
  }
}
