// Layout, in reading order:
//   main, config       the program and its settings
//   now-playing        the worker: follows the monitors, decides, publishes
//   playback-message   what a source says
//   source-state       what is known of a source; decide: which one counts. Both pure.
//   source-view        a source in get_state
export { NowPlaying } from "./now-playing.ts";
export { nowPlayingConfig } from "./config.ts";
export type { NowPlayingConfig } from "./config.ts";
export { decide } from "./decide.ts";
export type { Candidate, Decision } from "./decide.ts";
