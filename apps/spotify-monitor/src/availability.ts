import type { SpotifyConfig } from "./config.ts";

/** Why Spotify cannot be asked, and what to do about it. */
export function unavailableReason({ client_id }: Pick<SpotifyConfig, "client_id">): string {
  return client_id === ""
    ? "no credentials: set SPOTIPY_CLIENT_ID, or client_id with set_config, then run vj spotify login (comes later)"
    : "not able yet: signing in (vj spotify login) and asking Spotify come in a later version";
}
