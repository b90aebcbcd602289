import type { SpotifyConfig } from "./config.ts";

/** Why Spotify cannot be asked, and what to do about it. */
export function unavailableReason({ client_id }: Pick<SpotifyConfig, "client_id">): string {
  return client_id === ""
    ? "no credentials: neither SPOTIPY_CLIENT_ID nor client_id is set; signing in comes in a later version"
    : "not able yet: signing in and asking Spotify come in a later version";
}
