// Layout, in reading order:
//   main, config        the program and its settings
//   spotify-monitor     the worker; status: the state of the connection to Spotify, in words
//   poller, poll-plan   when Spotify is asked
//   web-player, ask-player, player-answer   the Web API; applescript-player: the program of a Mac
//   sign-in, token, token-file, accounts    the sign-in: which one is valid, its data, its file, how it is renewed; cover-secrets: removes its secrets from foreign texts
//   login, login-page   signing in
//   playlist            the tracks of a playlist, for those who prepare a show
export { SpotifyMonitor } from "./spotify-monitor.ts";
export { environmentOverrides, readSettings, spotifyConfig } from "./config.ts";
export type { SpotifyConfig } from "./config.ts";
export { LoginError, login } from "./login.ts";
export type { LoginOptions } from "./login.ts";
export { missingScopes } from "./token.ts";
export { readToken, removeToken, tokenFile, writeToken } from "./token-file.ts";
export { PlaylistError, playlistId, readPlaylist } from "./playlist.ts";
export type { PlaylistOptions } from "./playlist.ts";
