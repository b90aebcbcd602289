// Layout, in reading order:
//   main, config             the program and its settings
//   lyrics-fetcher           the worker: track in, lyrics out
//   current-song             the song that lyrics are shown of; pipeline: how far it is
//   find-lyrics              what is remembered (lyrics-cache), else what LRCLIB has (lrclib)
//   song                     lyrics -> lines (lrc), refrain, keywords; pure
//   line-clock, line-sync    which line is being sung
//   lyrics-output            all of it as OSC
export { LyricsFetcher } from "./lyrics-fetcher.ts";
export { environmentOverrides, lyricsConfig } from "./config.ts";
export type { LyricsConfig } from "./config.ts";
export { parseLrc } from "./lrc.ts";
export type { LyricLine } from "./lrc.ts";
export { normalizeLine, refrainLines } from "./refrain.ts";
export { keywords } from "./keywords.ts";
export { activeLine, untilNextLine } from "./line-sync.ts";
export { askLrclib } from "./lrclib.ts";
export type { FoundLyrics, LrclibOptions, LyricsQuery } from "./lrclib.ts";
