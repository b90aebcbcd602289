import { categories } from "@vj/schema";
import type { lyricsOsc, OscSend } from "@vj/schema";
import type { SongMeaning } from "./meaning/song-meaning.ts";
import { PacedQueue } from "./paced-queue.ts";
import type { StepState } from "./pipeline.ts";
import { newSong } from "./song.ts";
import type { MarkedLine, Song } from "./song.ts";
import { noWords } from "./words/line-words.ts";
import type { LineWords } from "./words/line-words.ts";

const longestList = 400;

/** The lyrics of one song as OSC. Lines of the refrain and of keywords are counted by themselves, from 0. */
export class LyricsOutput {
  /** At once. */
  readonly #now: OscSend<typeof lyricsOsc>;
  /** After everything of the song that waits: which line is active means something only after the lines. */
  readonly #send: OscSend<typeof lyricsOsc>;
  readonly #queue = new PacedQueue();
  #song: Song = newSong(undefined);
  #words: LineWords = noWords;
  /** Takes the faded picture away. */
  #clearing: NodeJS.Timeout | undefined;

  constructor(send: OscSend<typeof lyricsOsc>) {
    this.#now = send;
    this.#send = (address, values) => this.#queue.add(() => send(address, values));
  }

  /**
   * Begins a song: what was there before ends, then come the lines, then whether the track that plays has lyrics; the
   * worker that publishes the track passes that on as `has_lyrics`.
   */
  publishSong(song: Song): void {
    const { artist, title } = song.track ?? { artist: "", title: "" };
    const songId = song.track === undefined ? "" : `${artist} - ${title}`;
    this.#song = song;
    this.#queue.clear();
    this.publishLine(-1, noWords);
    this.#send("/karaoke/lyrics/reset", []);
    this.#send("/karaoke/refrain/reset", []);
    this.#send("/karaoke/keywords/reset", songId === "" ? {} : { song_id: songId });
    for (const [index, { time, text }] of song.lines.entries()) this.#send("/karaoke/lyrics/line", { index, time, text });
    for (const [index, { time, text }] of song.refrain.entries()) this.#send("/karaoke/refrain/line", { index, time, text });
    for (const [index, { time, text }] of song.keywords.entries()) this.#send("/karaoke/keywords/line", { index, time, keywords: text });
    this.#send("/lyrics/available", { artist, title, available: song.lines.length > 0 ? 1 : 0 });
  }

  /** Publishes how the song feels; undefined: nothing is known of it. */
  publishMeaning(meaning: SongMeaning | undefined): void {
    this.#now("/karaoke/categories/mood", { mood: meaning?.mood ?? "" });
    for (const name of categories) this.#now(`/karaoke/categories/${name}`, { score: meaning?.categories[name] ?? 0 });
    const { energy = 0, valence = 0, themes = [], adjectives = [], source = "" } = meaning ?? {};
    this.#now("/ai/meaning", { energy, valence, themes: listOf(themes), adjectives: listOf(adjectives), source });
  }

  /** Publishes which line is being sung, and its words. @param line index in the lyrics, -1 for none. */
  publishLine(line: number, words: LineWords): void {
    this.#words = words;
    this.#send("/karaoke/line/active", { index: line });
    this.#send("/karaoke/refrain/active", activeOf(this.#song.refrain, line));
    const { index, text } = activeOf(this.#song.keywords, line);
    this.#send("/karaoke/keywords/active", { index, keywords: text });
    this.publishWord(-1);
    this.#send("/karaoke/word/reset", { line, estimated: words.estimated ? 1 : 0 });
    for (const [at, { time, text: word }] of words.words.entries()) this.#send("/karaoke/word/line", { index: at, start: time, text: word });
  }

  /** Publishes which word of the line is being sung, -1 for none. */
  publishWord(index: number): void {
    this.#send("/karaoke/word/active", { index, text: this.#words.words[index]?.text ?? "" });
  }

  /** Publishes a picture. @param file absolute path @param fadeMs how long receivers take to fade to it */
  publishImage(file: string, fadeMs: number): void {
    clearTimeout(this.#clearing);
    this.#now("/karaoke/image/fade", { duration: fadeMs });
    this.#now("/karaoke/image/opacity", { opacity: 1 });
    this.#now("/karaoke/image", { path: file });
  }

  /** There is no picture now: it fades out, and is taken away when that is done. @param fadeMs as above */
  clearImage(fadeMs: number): void {
    this.#now("/karaoke/image/fade", { duration: fadeMs });
    this.#now("/karaoke/image/opacity", { opacity: 0 });
    clearTimeout(this.#clearing);
    this.#clearing = setTimeout(() => this.#now("/karaoke/image/clear", []), fadeMs);
  }

  /** The work on a new song begins. */
  publishPipeline(): void {
    this.#now("/pipeline/reset", []);
  }

  /** Publishes how far a step of it is. */
  publishStep(step: string, state: StepState, seconds: number): void {
    this.#now("/pipeline/step", { step, state, seconds });
  }

  /** Drops what was not sent yet. */
  stop(): void {
    clearTimeout(this.#clearing);
    this.#queue.stop();
  }
}

/** Short enough for a datagram. */
function listOf(names: readonly string[]): string {
  return names.join(", ").slice(0, longestList);
}

function activeOf(marked: readonly MarkedLine[], line: number): { index: number; text: string } {
  const index = marked.findIndex((entry) => entry.line === line);
  return { index, text: marked[index]?.text ?? "" };
}
