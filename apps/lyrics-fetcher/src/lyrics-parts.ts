import path from "node:path";
import type { lyricsOsc, OscSend } from "@vj/schema";
import type { LyricsConfig } from "./config.ts";
import { CurrentSong } from "./current-song.ts";
import { Offsets } from "./follow/offsets.ts";
import { SongClock } from "./follow/song-clock.ts";
import { SongOffsets } from "./follow/song-offsets.ts";
import { PictureCache } from "./images/picture-cache.ts";
import { PictureFolder } from "./images/picture-folder.ts";
import { PictureMaker } from "./images/picture-maker.ts";
import { imageSteps, SongImages } from "./images/song-images.ts";
import { LyricsOutput } from "./lyrics-output.ts";
import { meaningStore } from "./meaning/meaning-store.ts";
import { Understanding } from "./meaning/understanding.ts";
import { wordMeaning } from "./meaning/words.ts";
import { PipelineBoard } from "./pipeline.ts";
import { Preparation } from "./prepare/preparation.ts";
import { questionOf } from "./song.ts";
import type { Song } from "./song.ts";
import { openSources } from "./lyrics-sources.ts";
import type { LyricsSources } from "./lyrics-sources.ts";
import { expandHome } from "./sources/own-files.ts";
import { findRefrain } from "./steps/analyze-refrain.ts";
import { extractKeywords } from "./steps/extract-keywords.ts";
import { parseLines } from "./steps/parse-lrc.ts";
import { BeatFeed } from "./words/follow-beats.ts";

/** What the parts need of the worker that they belong to. */
export interface LyricsHost {
  readonly busDir: string;
  readonly dataDir: string;
  readonly cacheDir: string;
  /** The settings in force. */
  readonly config: () => LyricsConfig;
  readonly send: OscSend<typeof lyricsOsc>;
  /** Late joiners do not get the last message of this address any more. */
  forget(address: keyof typeof lyricsOsc): void;
  /** Changes settings and saves them. @throws Error when they cannot be saved */
  remember(changes: Partial<LyricsConfig>): Promise<void>;
  onProblem(problem: string): void;
  /** Ends when the worker does. */
  readonly signal: AbortSignal;
}

/** Everything that works on songs. */
export interface LyricsParts extends LyricsSources {
  readonly current: CurrentSong;
  readonly board: PipelineBoard;
  readonly clock: SongClock;
  readonly offsets: Offsets;
  readonly understanding: Understanding;
  readonly pictures: PictureFolder;
  readonly maker: PictureMaker;
  readonly images: SongImages;
  readonly preparation: Preparation;
  /** Ends everything that is under way. */
  close(): Promise<void>;
}

/** Every step of the work on a song, in the order in which they are shown. */
const stepNames = ["fetch_lyrics", "parse_lrc", "analyze_refrain", "extract_keywords", "send_osc", "categorize_song", "llm_analysis", ...imageSteps];

/** Makes the parts, and connects each to those that use its results. */
export function createParts({ busDir, dataDir, cacheDir, config, send, forget, remember, onProblem, signal }: LyricsHost): LyricsParts {
  const output = new LyricsOutput(send);
  const beats = new BeatFeed(busDir);
  const clock = new SongClock({
    onLine: (line, words) => output.publishLine(line, words),
    onWord: (word) => output.publishWord(word),
    beats: () => beats.grid(),
  });
  const board = new PipelineBoard({
    names: stepNames,
    onBegin: () => output.publishPipeline(),
    onStep: (step, state, seconds) => output.publishStep(step, state, seconds),
  });
  const pictures = new PictureFolder(() => expandHome(config().images_dir));
  const maker = new PictureMaker(new PictureCache(path.join(cacheDir, "images")), () => {
    const { comfyui_enabled, comfyui_url, comfyui_workflow, comfyui_timeout_sec } = config();
    return { enabled: comfyui_enabled, url: comfyui_url, workflow: expandHome(comfyui_workflow), timeoutMs: comfyui_timeout_sec * 1000 };
  });
  const images = new SongImages({
    folder: pictures,
    maker,
    enter: (step, state, reason) => board.enter(step, state, reason),
    show: (file) => {
      if (file !== undefined) return output.publishImage(file, config().image_fade_ms);
      output.clearImage(config().image_fade_ms);
      // Late joiners must not get a removed image.
      forget("/karaoke/image");
    },
    onProblem,
  });
  const understanding: Understanding = new Understanding({
    store: meaningStore(dataDir),
    settings: () => {
      const { llm_enabled, llm_url, llm_model, llm_api_key, llm_per_hour } = config();
      return { enabled: llm_enabled, url: llm_url, model: llm_model, key: llm_api_key, perHour: llm_per_hour };
    },
    onMeaning: (meaning) => {
      if (meaning !== undefined) board.enter("categorize_song", "complete");
      output.publishMeaning(meaning);
      if (meaning !== undefined) images.understood(meaning, false);
    },
    onState: (state, reason) => {
      board.enter("llm_analysis", state, reason);
      // Nothing better comes for now.
      if (state !== "running") images.understood(understanding.meaning, true);
    },
    onProblem,
  });

  const show = (song: Song): void => {
    images.begin(song.track);
    offsets.apply();
    beats.want(song.lines.some(({ words }) => words === undefined));
    clock.setLines([]);
    output.publishSong(song);
    clock.setLines(song.lines);
    understanding.begin(questionOf(song));
  };
  /** There will be no more of the song than this, for now. */
  const worked = (song: Song): void => {
    const question = questionOf(song);
    if (question.lines.length > 0) {
      if (song.byHand) understanding.again(question);
      return;
    }
    images.understood(undefined, true);
    for (const step of ["categorize_song", "llm_analysis"]) board.enter(step, "skipped", "there are no lyrics");
  };
  const sources = openSources({ config, dataDir, onProblem });
  const steps = [sources.fetching, parseLines, findRefrain, extractKeywords([wordMeaning])];
  const current = new CurrentSong({ steps, board, onSong: show, onWorked: worked, onProblem });
  const offsets = new Offsets({
    songs: new SongOffsets(dataDir),
    song: () => current.track,
    common: () => config().timing_offset_ms,
    setCommon: (timing_offset_ms) => remember({ timing_offset_ms }),
    toNearestLine: () => clock.toNearestLine,
    onOffset: (offsetMs) => clock.setOffset(offsetMs),
  });

  const close = async (): Promise<void> => {
    current.stop();
    understanding.stop();
    images.stop();
    clock.stop();
    output.stop();
    await beats.close();
  };
  const preparation = new Preparation({ steps, understanding, pictures, maker, signal, onProblem });
  return { ...sources, current, board, clock, offsets, understanding, pictures, maker, images, preparation, close };
}
