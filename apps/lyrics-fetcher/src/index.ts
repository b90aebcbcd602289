// Layout, in reading order:
//   main, config             the program and its settings
//   lyrics-fetcher           the worker: track in, lyrics out
//   current-song             the song that lyrics are shown of; pipeline runs the steps and says how far they are
//   steps/                   what is done with a song, one file each: fetch-lyrics, parse-lrc, analyze-refrain, extract-keywords
//   sources/                 where lyrics come from, asked in order (ladder): stored (song-store), lrclib-get
//   meaning/                 what lyrics are about: words (keywords of a line); understanding (of the song): rules at once, then a model:
//                            find-model, model-client (model-prompt, model-answer), meaning-store
//   song                     the value that passes through the steps
//   lyric-line               a line of lyrics and its words
//   lrc                      LRC -> lines: lrc-stamps, lrc-text, lrc-words; refrain; pure
//   follow/                  which line and which word is being sung: song-clock (song-position, step-clock, line-sync); offsets (song-offsets)
//   words/                   the words of a line: line-words; where they have no times: split-words, syllables, beat-grid (follow-beats)
//   lyrics-output            all of it as OSC; paced-queue: not faster than receivers read
export { LyricsFetcher } from "./lyrics-fetcher.ts";
export { environmentOverrides, lyricsConfig } from "./config.ts";
export type { LyricsConfig } from "./config.ts";
export { parseLrc } from "./lrc.ts";
export type { LyricLine, LyricWord } from "./lyric-line.ts";
export { normalizeLine, refrainLines } from "./refrain.ts";
export { keywords } from "./meaning/words.ts";
export { activeLine, nextLine } from "./follow/line-sync.ts";
export { lineWords } from "./words/line-words.ts";
export type { LineWords } from "./words/line-words.ts";
export { askLrclib } from "./sources/lrclib-get.ts";
export type { LrclibOptions } from "./sources/lrclib-get.ts";
export type { FoundLyrics, LyricsQuery } from "./song.ts";
