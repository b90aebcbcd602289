// Layout, in reading order:
//   track              a track, and whether two are the same; clean-track: from a player's names, and a form for searching
//   read-playback      OSC -> what a source said
//   position-clock     where the track is now: moves between reports, and never steps back at one
//   output-hold        who speaks for a source; source-output: what a source publishes; source-player: from what a player reports
//   follow-worker      a worker's telemetry, each time it comes back; lyrics-available: of which track there are lyrics
//   watch-sources      who is a source, by what workers describe
//   decide             which of several sources or players counts; pure
//   follow-playback    the track that counts, from any publisher
export * from "./track.ts";
export * from "./clean-track.ts";
export * from "./read-playback.ts";
export * from "./position-clock.ts";
export * from "./output-hold.ts";
export * from "./source-output.ts";
export * from "./source-player.ts";
export * from "./follow-worker.ts";
export * from "./lyrics-available.ts";
export * from "./watch-sources.ts";
export * from "./decide.ts";
export * from "./follow-playback.ts";
