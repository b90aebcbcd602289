// Layout, in reading order:
//   main, config     the program and its settings
//   now-playing      the worker: decides and publishes
//   sources          the monitors, followed and held
//   source-state     the state of a source; show-rules: which tracks are shown. All pure.
//   source-view      a source in get_state
//   set-list         which of the shown tracks were played; history: those, on disk; history-command: get_history
export { NowPlaying } from "./now-playing.ts";
export { nowPlayingConfig } from "./config.ts";
export type { NowPlayingConfig } from "./config.ts";
export { historyFile, readHistory } from "./history.ts";
export type { Played } from "./history.ts";
