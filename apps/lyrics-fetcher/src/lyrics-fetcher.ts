import path from "node:path";
import { lyricsOsc } from "@vj/schema";
import { defineCommand, failed, ok, Worker } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { z } from "zod";
import { environmentOverrides, lyricsConfig, packageVersion } from "./config.ts";
import type { LyricsConfig } from "./config.ts";
import { findLyrics } from "./find-lyrics.ts";
import type { LyricsResult } from "./find-lyrics.ts";
import { LineClock } from "./line-clock.ts";
import type { LyricsQuery } from "./lrclib.ts";
import { LyricsCache } from "./lyrics-cache.ts";
import { LyricsOutput } from "./lyrics-output.ts";
import { idlePipeline, pipelineAfter } from "./pipeline.ts";
import type { Pipeline } from "./pipeline.ts";
import { PlaybackFeed } from "./playback-feed.ts";
import type { PlayedTrack } from "./playback-feed.ts";
import { noSong, readSong } from "./song.ts";
import type { Song } from "./song.ts";

/** What it cannot do yet, as `get_state` tells it. */
const lacks = [
  "analysis by a language model: themes, moods and categories (comes later)",
  "images (comes later)",
  "a choice among several versions of a song (comes later)",
];
/** LRCLIB is slow or away at times; the song may still be playing then. */
const retryMs = 30_000;
const name = z.string().trim().min(1).max(300);

/** Fetches the lyrics of the track that plays, and publishes lines, refrain and keywords as they are sung. */
export class LyricsFetcher extends Worker<typeof lyricsConfig> {
  readonly #cache: LyricsCache;
  readonly #output = new LyricsOutput((address, values) => this.telemetry.send(address, values));
  readonly #clock = new LineClock((line) => this.#output.publishLine(line));
  readonly #feed: PlaybackFeed;
  readonly #userAgent = `vj-bus/${packageVersion()} (https://github.com/vj-bus/vj-bus)`;
  #track: LyricsQuery | undefined;
  #song: Song = noSong;
  #result: LyricsResult | undefined;
  #problem: string | null = null;
  #pipeline: Pipeline = idlePipeline;
  /** Ends the search for a song that is wanted no more. */
  #search = new AbortController();

  constructor() {
    super({
      name: "lyrics_fetcher",
      version: packageVersion(),
      description: "Lyrics, refrain and keywords of the track that plays",
      config: lyricsConfig,
      overrides: environmentOverrides(),
      osc: lyricsOsc,
    });
    this.#cache = new LyricsCache(path.join(this.environment.dataDir, "lyrics"));
    this.#feed = new PlaybackFeed({
      busDir: this.busDir,
      onTrack: (track) => this.#change(track),
      onPosition: (position, playing) => this.#clock.setPosition(position, playing),
    });
  }

  protected override async onStart(): Promise<void> {
    this.#clock.setOffset(this.config.timing_offset_ms);
    await this.#feed.open();
  }

  protected override async onStop(): Promise<void> {
    this.#search.abort();
    this.#clock.stop();
    await this.#feed.close();
  }

  /** Nothing has to start anew: settings are read when they are needed. */
  protected override async onConfig(previous: LyricsConfig): Promise<string> {
    this.#clock.setOffset(this.config.timing_offset_ms);
    const enabled = this.config.auto_fetch && !previous.auto_fetch;
    if (enabled && this.#track !== undefined && this.#result === undefined) this.#fetch(this.#track);
    return "Config updated";
  }

  protected override commands(): CommandTable {
    return {
      fetch_lyrics: defineCommand({
        description: "Fetches and publishes the lyrics of a song, whatever plays",
        args: z.object({ artist: name, title: name }),
        run: async ({ artist, title }) => {
          if (!(await this.#load({ artist, title }))) return failed("given up: another song is wanted now");
          if (this.#problem !== null) return failed(this.#problem);
          return ok(this.#outcome(), { ...this.#lyricsState(), lacks });
        },
      }),
    };
  }

  protected override getState(): Record<string, unknown> {
    return {
      llm_enabled: this.config.llm_enabled,
      llm_available: false,
      llm_backend: "none",
      cached_count: this.#cache.count,
      current_track: this.#track === undefined ? null : { artist: this.#track.artist, title: this.#track.title },
      has_lyrics: this.#song.lines.length > 0,
      lyrics: this.#lyricsState(),
      active_line: this.#clock.line,
      problem: this.#problem,
      pipeline: this.#pipeline,
      lacks,
    };
  }

  protected override getStats(): Record<string, unknown> {
    return { has_lyrics: this.#song.lines.length > 0, ...(this.#problem === null ? {} : { problem: this.#problem }) };
  }

  /** Another track plays, or none. */
  #change(track: PlayedTrack | undefined): void {
    if (track !== undefined && track.artist === this.#track?.artist && track.title === this.#track.title) return;
    this.#clock.forgetPosition();
    if (track !== undefined && this.config.auto_fetch) this.#fetch(track);
    else this.#begin(track);
  }

  #fetch(track: LyricsQuery): void {
    if (track.artist !== "" && track.title !== "") {
      void this.#load(track);
      return;
    }
    this.#begin(track);
    this.#problem = "lyrics need both artist and title; try fetch_lyrics with both";
  }

  /** Makes this the current song, without lyrics as yet. @returns ends with the song. */
  #begin(track: LyricsQuery | undefined): AbortSignal {
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
   * Finds and publishes the lyrics of a song; what goes wrong is kept as the problem, and tried again.
   * @returns false when another song was wanted before it ended. Never throws.
   */
  async #load(query: LyricsQuery): Promise<boolean> {
    const signal = this.#begin(query);
    this.#pipeline = pipelineAfter("running");
    try {
      const result = await findLyrics(query, {
        cache: this.#cache,
        url: this.config.lrclib_url,
        timeoutMs: this.config.lrclib_timeout_sec * 1000,
        userAgent: this.#userAgent,
        signal,
        onProblem: (problem) => this.log.warn(problem),
      });
      if (signal.aborted) return false;
      this.#result = result;
      this.#show(readSong(result.lyrics?.synced ?? ""));
      this.#pipeline = pipelineAfter("complete", this.#song.lines.length > 0);
      this.#problem = result.lyrics === null ? `LRCLIB has no lyrics of ${query.artist} - ${query.title}` : null;
      this.log.info({ ...query, ...this.#lyricsState() }, this.#problem ?? "lyrics fetched");
    } catch (error) {
      if (signal.aborted) return false;
      this.#pipeline = pipelineAfter("error");
      this.#problem = error instanceof Error ? error.message : String(error);
      this.log.warn({ artist: query.artist, title: query.title }, this.#problem);
      const retry = setTimeout(() => void this.#load(query), retryMs);
      signal.addEventListener("abort", () => clearTimeout(retry), { once: true });
    }
    return true;
  }

  #show(song: Song): void {
    this.#song = song;
    this.#clock.setLines([]);
    this.#output.publishSong(song, this.#track === undefined ? "" : `${this.#track.artist} - ${this.#track.title}`);
    this.#clock.setLines(song.lines);
  }

  #outcome(): string {
    if (this.#song.lines.length > 0) return "Lyrics fetched and analyzed";
    return this.#result?.lyrics?.instrumental === true
      ? "An instrumental: there is nothing to sing"
      : "Lyrics found, but without time stamps: they cannot be published line by line";
  }

  #lyricsState(): Record<string, unknown> {
    return {
      origin: this.#result?.origin ?? null,
      synced: this.#song.lines.length > 0,
      plain: (this.#result?.lyrics?.plain ?? null) !== null,
      instrumental: this.#result?.lyrics?.instrumental ?? false,
      lines: this.#song.lines.length,
      refrain_lines: this.#song.refrain.length,
      keyword_lines: this.#song.keywords.length,
    };
  }
}
