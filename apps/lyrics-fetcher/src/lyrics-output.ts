import { categories } from "@vj/schema";
import type { lyricsOsc, OscSend } from "@vj/schema";
import type { SongMeaning } from "./meaning/song-meaning.ts";
import { newSong } from "./song.ts";
import type { MarkedLine, Song } from "./song.ts";

const longestList = 400;

/** The lyrics of one song as OSC. Lines of the refrain and of keywords are counted by themselves, from 0. */
export class LyricsOutput {
  readonly #send: OscSend<typeof lyricsOsc>;
  #song: Song = newSong(undefined);

  constructor(send: OscSend<typeof lyricsOsc>) {
    this.#send = send;
  }

  /**
   * Begins a song: what was there before ends, then come the lines, then whether the track that plays has lyrics; the
   * worker that publishes the track passes that on as `has_lyrics`.
   */
  publishSong(song: Song): void {
    const { artist, title } = song.track ?? { artist: "", title: "" };
    const songId = song.track === undefined ? "" : `${artist} - ${title}`;
    this.#song = song;
    this.publishLine(-1);
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
    this.#send("/karaoke/categories/mood", { mood: meaning?.mood ?? "" });
    for (const name of categories) this.#send(`/karaoke/categories/${name}`, { score: meaning?.categories[name] ?? 0 });
    const { energy = 0, valence = 0, themes = [], adjectives = [], source = "" } = meaning ?? {};
    this.#send("/ai/meaning", { energy, valence, themes: listOf(themes), adjectives: listOf(adjectives), source });
  }

  /** Publishes which line is being sung. @param line index in the lyrics, -1 for none. */
  publishLine(line: number): void {
    this.#send("/karaoke/line/active", { index: line });
    this.#send("/karaoke/refrain/active", activeOf(this.#song.refrain, line));
    const { index, text } = activeOf(this.#song.keywords, line);
    this.#send("/karaoke/keywords/active", { index, keywords: text });
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
