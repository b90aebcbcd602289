import path from "node:path";
import { isSameTrack, PlaybackFeed } from "@vj/playback";
import type { Track } from "@vj/playback";
import { lyricsOsc } from "@vj/schema";
import { defineCommand, failed, ok, Worker, packageVersion } from "@vj/worker";
import type { CommandTable, ReportedCondition, WorkerContext } from "@vj/worker";
import { z } from "zod";
import { environmentOverrides, lyricsConfig } from "./config.ts";
import type { LyricsConfig } from "./config.ts";
import { Choices } from "./choices.ts";
import { CurrentSong } from "./current-song.ts";
import { Offsets } from "./follow/offsets.ts";
import { SongClock } from "./follow/song-clock.ts";
import { SongOffsets } from "./follow/song-offsets.ts";
import { lyricsCommands } from "./lyrics-commands.ts";
import { LyricsOutput } from "./lyrics-output.ts";
import { PictureCache } from "./images/picture-cache.ts";
import { PictureFolder } from "./images/picture-folder.ts";
import { PictureMaker } from "./images/picture-maker.ts";
import { imageSteps, SongImages } from "./images/song-images.ts";
import { MeaningStore } from "./meaning/meaning-store.ts";
import { Understanding } from "./meaning/understanding.ts";
import { wordMeaning } from "./meaning/words.ts";
import { PipelineBoard } from "./pipeline.ts";
import { Preparation } from "./prepare/preparation.ts";
import { questionOf } from "./song.ts";
import type { Song } from "./song.ts";
import { songStore } from "./song-store.ts";
import type { SongStore } from "./song-store.ts";
import { DumpSource } from "./sources/dump.ts";
import { lrclib } from "./sources/lrclib.ts";
import { LyricsService } from "./sources/lyrics-service.ts";
import { expandHome, OwnFiles } from "./sources/own-files.ts";
import { unison } from "./sources/unison.ts";
import { watchOwnFiles } from "./watch-own-files.ts";
import { findRefrain } from "./steps/analyze-refrain.ts";
import { extractKeywords } from "./steps/extract-keywords.ts";
import { fetchLyrics } from "./steps/fetch-lyrics.ts";
import { parseLines } from "./steps/parse-lrc.ts";
import { saveLyricsCommand } from "./tap/save-lyrics.ts";
import { BeatFeed } from "./words/follow-beats.ts";

const version = packageVersion(import.meta.url);
/** What LRCLIB asks its users to send. */
const userAgent = `vj-bus/${version} (https://github.com/vj-bus/vj-bus)`;
/** Every step of the work on a song, in the order in which they are shown. */
const stepNames = ["fetch_lyrics", "parse_lrc", "analyze_refrain", "extract_keywords", "send_osc", "categorize_song", "llm_analysis", ...imageSteps];
const name = z.string().trim().min(1).max(300);

/** Fetches the lyrics of the track that plays, and publishes lines, refrain and keywords as they are sung. */
export class LyricsFetcher extends Worker<typeof lyricsConfig, typeof lyricsOsc> {
  readonly #store: SongStore;
  readonly #feed: PlaybackFeed;
  readonly #output = new LyricsOutput((address, values) => this.telemetry.send(address, values));
  readonly #beats: BeatFeed;
  readonly #clock = new SongClock({
    onLine: (line, words) => this.#output.publishLine(line, words),
    onWord: (word) => this.#output.publishWord(word),
    beats: () => this.#beats.grid(),
  });
  readonly #offsets: Offsets;
  readonly #board = new PipelineBoard({
    names: stepNames,
    onBegin: () => this.#output.publishPipeline(),
    onStep: (step, state, seconds) => this.#output.publishStep(step, state, seconds),
  });
  readonly #pictures = new PictureFolder(() => expandHome(this.config.images_dir));
  readonly #maker: PictureMaker;
  readonly #images: SongImages;
  readonly #current: CurrentSong;
  readonly #ownFiles = new OwnFiles(() => expandHome(this.config.lyrics_dir));
  readonly #dump: DumpSource;
  readonly #choices: Choices;
  readonly #stopped = new AbortController();
  readonly #preparation: Preparation;
  readonly #understanding: Understanding;

  constructor(context?: WorkerContext) {
    super(
      {
        name: "lyrics_fetcher",
        version,
        description: "Lyrics, refrain, keywords and mood of the track that plays",
        config: lyricsConfig,
        overrides: environmentOverrides(),
        osc: lyricsOsc,
      },
      context,
    );
    const onProblem = (problem: string): void => this.log.warn(problem);
    this.#store = songStore(this.environment.dataDir);
    const service = (name: string, url: () => string): LyricsService =>
      new LyricsService(name, () => ({ url: url(), timeoutMs: this.config.lrclib_timeout_sec * 1000, userAgent }));
    this.#dump = new DumpSource(this.environment.dataDir);
    const sources = [
      this.#dump,
      lrclib(service("lrclib", () => this.config.lrclib_url)),
      unison(service("unison", () => this.config.unison_url)),
    ];
    this.#choices = new Choices([this.#ownFiles, ...sources], this.#store);
    const fetching = fetchLyrics({ own: [this.#ownFiles], sources, store: this.#store, onProblem });
    this.#beats = new BeatFeed(this.busDir);
    this.#offsets = new Offsets({
      songs: new SongOffsets(this.environment.dataDir),
      song: () => this.#current.track,
      common: () => this.config.timing_offset_ms,
      setCommon: (timing_offset_ms) => this.remember({ timing_offset_ms }),
      onOffset: (offsetMs) => this.#clock.setOffset(offsetMs),
    });
    this.#maker = new PictureMaker(new PictureCache(path.join(this.environment.cacheDir, "images")), () => {
      const { comfyui_enabled, comfyui_url, comfyui_workflow, comfyui_timeout_sec } = this.config;
      return { enabled: comfyui_enabled, url: comfyui_url, workflow: expandHome(comfyui_workflow), timeoutMs: comfyui_timeout_sec * 1000 };
    });
    this.#images = new SongImages({
      folder: this.#pictures,
      maker: this.#maker,
      enter: (step, state, reason) => this.#board.enter(step, state, reason),
      show: (file) => this.#showImage(file),
      onProblem,
    });
    const steps = [fetching, parseLines, findRefrain, extractKeywords([wordMeaning])];
    this.#current = new CurrentSong({
      steps,
      board: this.#board,
      onSong: (song) => this.#show(song),
      onWorked: (song) => this.#worked(song),
      onProblem,
    });
    this.#understanding = new Understanding({
      store: new MeaningStore(path.join(this.environment.dataDir, "meaning")),
      settings: () => {
        const { llm_enabled, llm_url, llm_model, llm_api_key, llm_per_hour } = this.config;
        return { enabled: llm_enabled, url: llm_url, model: llm_model, key: llm_api_key, perHour: llm_per_hour };
      },
      onMeaning: (meaning) => {
        if (meaning !== undefined) this.#board.enter("categorize_song", "complete");
        this.#output.publishMeaning(meaning);
        if (meaning !== undefined) this.#images.understood(meaning, false);
      },
      onState: (state, reason) => {
        this.#board.enter("llm_analysis", state, reason);
        // Nothing better comes for now.
        if (state !== "running") this.#images.understood(this.#understanding.meaning, true);
      },
      onProblem,
    });
    this.#preparation = new Preparation({ steps, understanding: this.#understanding, pictures: this.#pictures, maker: this.#maker, signal: this.#stopped.signal });
    this.#feed = new PlaybackFeed({
      busDir: this.busDir,
      onTrack: (track) => this.#change(track),
      onPosition: (position, playing) => this.#clock.setPosition(position, playing),
      onProblem,
    });
  }

  protected override onStart(): void {
    this.#offsets.apply();
    this.#feed.open();
    watchOwnFiles({ files: this.#ownFiles, current: this.#current, signal: this.#stopped.signal });
  }

  protected override async onStop(): Promise<void> {
    this.#stopped.abort();
    this.#current.stop();
    this.#understanding.stop();
    this.#images.stop();
    this.#clock.stop();
    this.#beats.close();
    this.#output.close();
    await this.#feed.close();
  }

  /** Nothing has to start anew: settings are read when they are needed. */
  protected override async onConfig(previous: LyricsConfig): Promise<string> {
    this.#offsets.apply();
    const pictures = ["images_dir", "comfyui_enabled", "comfyui_url", "comfyui_workflow"] as const;
    if (pictures.some((key) => this.config[key] !== previous[key])) {
      this.#images.restart();
      this.#images.understood(this.#understanding.meaning, this.#understanding.state !== "running");
    }
    const { track, answered } = this.#current;
    const enabled = this.config.auto_fetch && !previous.auto_fetch;
    const moved = this.config.lyrics_dir !== previous.lyrics_dir;
    if (track !== undefined && ((enabled && !answered) || moved)) void this.#current.load(track);
    return "Config updated";
  }

  protected override commands(): CommandTable {
    return {
      ...this.#offsets.commands(),
      ...this.#preparation.commands(),
      fetch_lyrics: defineCommand({
        description: "Fetches and publishes the lyrics of a song, whatever plays",
        args: z.object({ artist: name, title: name }),
        run: async (song) => {
          const { track } = this.#current;
          const known = isSameTrack(song, track) ? { ...track, ...song } : song;
          if (!(await this.#current.load(known, true))) return failed("cancelled: a newer song was requested", "cancelled");
          const outcome = this.#current.outcome();
          return this.#current.problem === null ? ok(outcome, this.#current.describe()) : failed(outcome, "unavailable");
        },
      }),
      ...saveLyricsCommand({ current: this.#current, store: this.#store, folder: () => expandHome(this.config.lyrics_dir) }),
      ...lyricsCommands({ current: this.#current, choices: this.#choices, store: this.#store, signal: this.#stopped.signal }),
    };
  }

  /** A service that is away makes it degraded, while everything else goes on. That the service has nothing of a song is not a fault. */
  protected override getCondition(): ReportedCondition {
    const faults = [
      { text: this.#current.serviceProblem, todo: "check the network and lrclib_url; asked again while the song plays" },
      { text: this.#ownFiles.problem, todo: "check lyrics_dir, or plug in the disk" },
      { text: this.#dump.problem, todo: "vj lyrics import --help" },
      { text: this.#understanding.state === "error" ? this.#understanding.problem : null, todo: "check llm_url, or: vj config set lyrics_fetcher llm_enabled=false" },
      { text: this.#maker.problem, todo: "start ComfyUI or check its settings, or: vj config set lyrics_fetcher comfyui_enabled=false" },
      { text: this.#pictures.problem, todo: "check images_dir" },
    ].filter(({ text }) => text !== null);
    if (faults.length === 0) return { level: "ok", text: "" };
    return { level: "degraded", text: faults.map(({ text }) => text).join("; "), todo: faults.map(({ todo }) => todo).join("; ") };
  }

  protected override getState(): Record<string, unknown> {
    const { track, hasLyrics, problem } = this.#current;
    const steps = Object.entries(this.#board.steps);
    return {
      llm_enabled: this.config.llm_enabled,
      llm_available: this.#understanding.model !== null,
      llm_backend: this.#understanding.model ?? "none",
      llm_problem: this.#understanding.problem,
      meaning: this.#understanding.meaning ?? null,
      cached_count: this.#store.count,
      current_track: track === undefined ? null : { artist: track.artist, title: track.title },
      has_lyrics: hasLyrics,
      lyrics: this.#current.describe(),
      active_line: this.#clock.line,
      active_word: this.#clock.word,
      offset: this.#offsets.state(),
      image: { ...this.#images.state, progress: this.#maker.progress, problem: this.#maker.problem },
      problem,
      pipeline: Object.fromEntries(steps.map(([step, { state }]) => [step, state])),
      pipeline_steps: steps.map(([step, report]) => ({ name: step, ...report })),
    };
  }

  protected override getStats(): Record<string, unknown> {
    const { hasLyrics, problem } = this.#current;
    return { has_lyrics: hasLyrics, ...(problem === null ? {} : { problem }) };
  }

  #showImage(file: string | undefined): void {
    if (file !== undefined) return this.#output.publishImage(file, this.config.image_fade_ms);
    this.#output.clearImage();
    // Late joiners must not get a removed image.
    this.telemetry.forget("/karaoke/image");
  }

  #show(song: Song): void {
    this.#images.begin(song.track);
    this.#offsets.apply();
    this.#beats.want(song.lines.some(({ words }) => words === undefined));
    this.#clock.setLines([]);
    this.#output.publishSong(song);
    this.#clock.setLines(song.lines);
    this.#understanding.begin(questionOf(song));
  }

  /** There will be no more of the song than this, for now. */
  #worked(song: Song): void {
    if (questionOf(song).lines.length > 0) return;
    this.#images.understood(undefined, true);
    for (const step of ["categorize_song", "llm_analysis"]) this.#board.enter(step, "skipped", "there are no lyrics");
  }

  /** Another track plays, or none. */
  #change(track: Track | undefined): void {
    if (track !== undefined && isSameTrack(track, this.#current.track)) return;
    this.#clock.forgetPosition();
    if (track !== undefined && this.config.auto_fetch) void this.#current.load(track);
    else this.#current.begin(track);
  }
}
