export { SpotifyMonitor } from "./spotify-monitor.ts";
export { environmentOverrides, spotifyConfig } from "./config.ts";
export type { SpotifyConfig } from "./config.ts";
export { unavailableReason } from "./availability.ts";
