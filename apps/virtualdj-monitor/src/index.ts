// Layout, in reading order:
//   main, config          the program and its settings
//   virtualdj-monitor     the worker: file in, track and position out
//   watch-file            a file that comes, grows and is replaced; read-text-file, decode-text: its bytes as text
//   parse-now-playing     text -> artist and title; track-clock: since when
export { VirtualdjMonitor } from "./virtualdj-monitor.ts";
export { autoDetect, candidateFiles, virtualdjConfig } from "./config.ts";
export type { VirtualdjConfig } from "./config.ts";
export { parseNowPlaying } from "./parse-now-playing.ts";
export type { NamedTrack } from "./parse-now-playing.ts";
export { decodeText, detectEncoding } from "./decode-text.ts";
export type { TextEncoding } from "./decode-text.ts";
