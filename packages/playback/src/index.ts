// Layout, in reading order:
//   track              a track, and whether two are the same
//   read-playback      OSC -> what a source said; position-clock: where the track is now
//   output-hold        who speaks for a source; source-output: what a source publishes
//   follow-worker      a worker's telemetry, each time it comes back; lyrics-available: of which track there are lyrics
//   watch-sources      who is a source, by what workers describe
//   follow-playback    the track that counts, whoever publishes it
export * from "./track.ts";
export * from "./read-playback.ts";
export * from "./position-clock.ts";
export * from "./output-hold.ts";
export * from "./source-output.ts";
export * from "./follow-worker.ts";
export * from "./lyrics-available.ts";
export * from "./watch-sources.ts";
export * from "./follow-playback.ts";
