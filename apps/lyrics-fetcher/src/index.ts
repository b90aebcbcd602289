// Layout, in reading order:
//   main, config             the program and its settings
//   lyrics-fetcher           the worker: track in, lyrics out; lyrics-parts makes and connects everything below, lyrics-state describes it
//   current-song             the song that lyrics are shown of; pipeline runs the steps and says how far they are; song-report: the result, in words
//   steps/                   what is done with a song, one file each: fetch-lyrics, parse-lrc, analyze-refrain, extract-keywords
//   find-lyrics              asks the sources in their order
//   sources/                 where lyrics come from: lyrics-source (what a source is); own-files (lyrics-folder, folder-names, lyrics-file);
//                            dump; lrclib, unison (lyrics-service); choose: which of several versions, by names and duration
//   lyrics-sources           all sources, in their order, and the step that asks them
//   dump/                    a dump of LRCLIB: import-dump makes its index (dump-index, import-lock), lrclib-dump and open-database (linked-file) read it; dump-error: with codes
//   song-store               what was found, on disk: store-folder keeps it bounded; stock: that and the own files together
//   choices, lyrics-commands a person looks and picks; song-sheet; watch-own-files notices changes in the folder
//   meaning/                 what lyrics are about: words (keywords of a line); understanding (of the song): rules at once, then a model:
//                            find-model, model-client (model-prompt, model-answer), meaning-store; ladder: one way after the other
//   song                     the value that passes through the steps; song-names: names as they are compared
//   lyric-line               a line of lyrics and its words
//   parse-lyrics             lyrics of any format -> lines; subtitles, substation, timed-rows: other formats -> LRC; entities: signs as web pages write them; write-lrc: lines -> LRC; text-lines
//   ttml                     TTML -> lines: ttml-reader, ttml-time; arrange-lines
//   lyricsfile               YAML of LRCLIB -> LRC with word stamps
//   lrc                      LRC -> lines: lrc-stamps, lrc-text, lrc-words; refrain; pure
//   follow/                  which line and which word is being sung: song-clock (song-position, step-clock, line-sync); offsets (song-offsets)
//   words/                   the words of a line: line-words; where they have no times: split-words, syllables, beat-grid (follow-beats)
//   images/                  a picture for the song: song-images decides; picture-folder finds prepared ones (picture-kind); picture-maker has
//                            others made (workflow, image-prompt, comfyui, comfyui-socket) and keeps them (picture-cache)
//   prepare/                 the same for songs that play later: prepare-song; preparation: one after the other
//   tap/                     tapping along: tap-session (pure), to-lrc; save-lyrics keeps the result
//   lyrics-output            all of it as OSC; paced-queue: not faster than receivers read
export { LyricsFetcher } from "./lyrics-fetcher.ts";
export { environmentOverrides, lyricsConfig } from "./config.ts";
export type { LyricsConfig } from "./config.ts";
export { parseLrc } from "./lrc.ts";
export type { LyricLine, LyricWord } from "./lyric-line.ts";
export { normalizeLine, refrainLines } from "./refrain.ts";
export { meaningStore } from "./meaning/meaning-store.ts";
export { mostOffsetMs } from "./follow/song-offsets.ts";
export { keywords } from "./meaning/words.ts";
export { activeLine, nextLine } from "./follow/line-sync.ts";
export { lineWords } from "./words/line-words.ts";
export type { LineWords } from "./words/line-words.ts";
export { parseLyrics, timingOf } from "./parse-lyrics.ts";
export type { Timing } from "./parse-lyrics.ts";
export { songStore, SongStore } from "./song-store.ts";
export type { StoredSong } from "./song-store.ts";
export { expandHome, OwnFiles } from "./sources/own-files.ts";
export { inStock, listStock } from "./stock.ts";
export type { Stock } from "./stock.ts";
export { sheetOf, summaryOf } from "./song-sheet.ts";
export type { SongSheet, StoredSummary } from "./song-sheet.ts";
export type { Choice } from "./choices.ts";
export { DumpError } from "./dump/dump-error.ts";
export type { DumpErrorCode } from "./dump/dump-error.ts";
export { forgetDump, importDump } from "./dump/import-dump.ts";
export type { ImportOptions, ImportResult } from "./dump/import-dump.ts";
export { questionAbout } from "./song.ts";
export type { FoundLyrics, LyricsQuery } from "./song.ts";
export { preparedSongSchema } from "./prepare/prepare-song.ts";
export type { PreparedSong } from "./prepare/prepare-song.ts";
export { beginTaps, isTapped, placeOf, tap, undoLine } from "./tap/tap-session.ts";
export type { TapLine, TapPlace, TapSession } from "./tap/tap-session.ts";
export { toLrc } from "./tap/to-lrc.ts";
