// Layout, in reading order:
//   track              a track, and whether two are the same; clean-track: from a player's names, and a form for searching
//   read-playback      OSC messages of a source -> values
//   position-clock     the current position: advances between reports, and never steps back at one
//   output-hold        lets another process publish for a source; source-output: publishes a source; source-player: from a player's reports
//   follow-worker      a worker's telemetry, across its restarts; lyrics-available: whether a track has lyrics
//   watch-sources      finds sources by the descriptions of workers
//   sleep-gauge        whether the machine slept, and how long
//   decide             which of several sources or players counts; pure
//   follow-playback    the track that counts, from any publisher
//   testing/           checks of any source, exported as @vj/playback/testing
export * from "./track.ts";
export * from "./clean-track.ts";
export * from "./read-playback.ts";
export * from "./position-clock.ts";
export * from "./output-hold.ts";
export * from "./source-output.ts";
export * from "./source-player.ts";
export * from "./sleep-gauge.ts";
export * from "./follow-worker.ts";
export * from "./lyrics-available.ts";
export * from "./watch-sources.ts";
export * from "./decide.ts";
export * from "./follow-playback.ts";
