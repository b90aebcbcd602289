// Layout, in reading order:
//   main, config          the program and its settings
//   virtualdj-monitor     the worker: OSC while VirtualDJ answers, else the file
//   osc/   vdj-connection  questions, subscriptions, whether it is there; vdj-socket: its UDP
//          decks          the state of VirtualDJ's decks; audible-deck: the one that is audible. Both pure.
//   file/  followed-file  the track that the file names
//          watch-file     a file that comes, grows and is replaced; find-file: which; read-text-file, decode-text: its bytes as text
//          parse-now-playing  text -> tracks; parse-text-history, parse-playlist, track-names: its parts
//          track-clock    since when a track plays
export { VirtualdjMonitor } from "./virtualdj-monitor.ts";
export { autoDetect, candidateFiles, virtualdjConfig } from "./config.ts";
export type { VirtualdjConfig } from "./config.ts";
export { parseNowPlaying } from "./file/parse-now-playing.ts";
export type { NamedTrack } from "./file/track-names.ts";
export { decodeText, detectEncoding } from "./file/decode-text.ts";
export type { TextEncoding } from "./file/decode-text.ts";
