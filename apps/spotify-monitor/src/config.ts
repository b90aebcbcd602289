import { readFileSync } from "node:fs";
import { noEffect, secret } from "@vj/worker";
import type { ConfigOverrides } from "@vj/worker";
import { z } from "zod";

const address = (value: string): z.ZodDefault<z.ZodURL> => z.url({ protocol: /^https?$/ }).max(2048).default(value);

/** `spotify_monitor.json`. */
export const spotifyConfig = z.object({
  poll_interval: z.number().min(1).max(60).default(2).describe("Seconds between two questions to Spotify"),
  client_id: z.string().max(200).default("").describe("Client id of your own app at developer.spotify.com"),
  client_secret: secret(noEffect(z.string().max(200).default("").describe("Client secret of that app"))),
  redirect_port: noEffect(z.int().min(1).max(65_535).default(8888).describe("Port of this machine that Spotify sends its answer to")),
  redirect_uri: address("http://127.0.0.1/callback").describe("As registered for that app"),
  accounts_url: address("https://accounts.spotify.com").describe("Where tokens come from"),
  api_url: address("https://api.spotify.com").describe("Where the playback state comes from"),
});
export type SpotifyConfig = z.output<typeof spotifyConfig>;

/** Settings that the environment fixes, under the names that other Spotify programs use too. */
export function environmentOverrides(env: NodeJS.ProcessEnv = process.env): ConfigOverrides {
  const overrides: Record<string, { value: string; variable: string }> = {};
  const fix = (key: string, variable: string): void => {
    const value = env[variable];
    if (value !== undefined && value !== "") overrides[key] = { value, variable };
  };
  fix("client_id", "SPOTIPY_CLIENT_ID");
  fix("redirect_uri", "SPOTIFY_REDIRECT_URI");
  fix("redirect_uri", "SPOTIPY_REDIRECT_URI");
  return overrides;
}

/** The version in this package's package.json. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
