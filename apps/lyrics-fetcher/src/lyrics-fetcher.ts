import { PlaybackFeed } from "@vj/playback";
import type { Track } from "@vj/playback";
import { lyricsOsc } from "@vj/schema";
import { Worker, packageVersion } from "@vj/worker";
import type { CommandTable, ReportedCondition, WorkerContext } from "@vj/worker";
import { environmentOverrides, lyricsConfig } from "./config.ts";
import type { LyricsConfig } from "./config.ts";
import { lyricsCommands } from "./lyrics-commands.ts";
import { createParts } from "./lyrics-parts.ts";
import type { LyricsParts } from "./lyrics-parts.ts";
import { conditionOf, describeState } from "./lyrics-state.ts";
import { meaningCommands } from "./meaning/meaning-commands.ts";
import { expandHome } from "./sources/own-files.ts";
import { saveLyricsCommand } from "./tap/save-lyrics.ts";
import { watchOwnFiles } from "./watch-own-files.ts";

/** Fetches the lyrics of the track that plays, and publishes lines, refrain and keywords as they are sung. */
export class LyricsFetcher extends Worker<typeof lyricsConfig, typeof lyricsOsc> {
  readonly #stopped = new AbortController();
  readonly #parts: LyricsParts;
  readonly #feed: PlaybackFeed;
  #playing = false;

  constructor(context?: WorkerContext) {
    super(
      {
        name: "lyrics_fetcher",
        version: packageVersion(import.meta.url),
        description: "Lyrics, refrain, keywords and mood of the track that plays",
        config: lyricsConfig,
        overrides: environmentOverrides(),
        osc: lyricsOsc,
      },
      context,
    );
    const { busDir, environment } = this;
    const onProblem = (problem: string): void => this.log.warn(problem);
    this.#parts = createParts({
      busDir,
      dataDir: environment.dataDir,
      cacheDir: environment.cacheDir,
      config: () => this.config,
      send: (address, values) => this.telemetry.send(address, values),
      forget: (address) => this.telemetry.forget(address),
      remember: (changes) => this.remember(changes),
      onProblem,
      signal: this.#stopped.signal,
    });
    this.#feed = new PlaybackFeed({
      busDir,
      onTrack: (track) => this.#change(track),
      onPosition: (position, playing) => this.#parts.clock.setPosition(position, playing),
      onProblem,
    });
  }

  protected override onStart(): void {
    const { offsets, ownFiles, current } = this.#parts;
    offsets.apply();
    this.#feed.open();
    watchOwnFiles({ files: ownFiles, current, signal: this.#stopped.signal });
  }

  protected override async onStop(): Promise<void> {
    this.#stopped.abort();
    // First what begins work on a song.
    await this.#feed.close();
    await this.#parts.close();
  }

  /** Nothing has to start anew: settings are read when they are needed. */
  protected override async onConfig(previous: LyricsConfig): Promise<string> {
    const { offsets, images, understanding, current } = this.#parts;
    offsets.apply();
    const pictures = ["images_dir", "comfyui_enabled", "comfyui_url", "comfyui_workflow"] as const;
    if (pictures.some((key) => this.config[key] !== previous[key])) {
      images.restart();
      images.understood(understanding.meaning, understanding.state !== "running");
    }
    const { track, answered, asksAgain } = current;
    const enabled = this.config.auto_fetch && !previous.auto_fetch;
    const services = ["lrclib_url", "unison_url"] as const;
    const hasOthers = services.some((key) => this.config[key] !== previous[key]);
    if (hasOthers) current.forgetServices();
    const moved = this.config.lyrics_dir !== previous.lyrics_dir;
    if (track !== undefined && ((enabled && !answered) || moved || (hasOthers && asksAgain))) void current.load(track);
    return "Config updated";
  }

  protected override commands(): CommandTable {
    const { offsets, preparation, current, choices, store, ownFiles, understanding } = this.#parts;
    return {
      ...offsets.commands(),
      ...preparation.commands(),
      ...meaningCommands({ current, understanding, isEnabled: () => this.config.llm_enabled, signal: this.#stopped.signal }),
      ...saveLyricsCommand({ current, store, folder: () => expandHome(this.config.lyrics_dir) }),
      ...lyricsCommands({ current, choices, store, own: ownFiles, isPlaying: () => this.#playing, fetchAside: (song) => preparation.fetch(song), signal: this.#stopped.signal }),
    };
  }

  protected override getCondition(): ReportedCondition {
    return conditionOf(this.#parts);
  }

  protected override getState(): Record<string, unknown> {
    return describeState(this.#parts, this.config);
  }

  protected override getStats(): Record<string, unknown> {
    const { hasLyrics, problem } = this.#parts.current;
    return { has_lyrics: hasLyrics, ...(problem === null ? {} : { problem }) };
  }

  /** Another track plays, or none. */
  #change(track: Track | undefined): void {
    const { current, clock } = this.#parts;
    const before = this.#playing;
    this.#playing = track !== undefined;
    // A repeat, of which only has_lyrics changed; what is shown by hand while nothing plays stays, too.
    if (track === undefined ? !before : current.isCurrent(track)) return;
    clock.forgetPosition();
    if (track !== undefined && this.config.auto_fetch) void current.load(track);
    else current.begin(track);
  }
}
