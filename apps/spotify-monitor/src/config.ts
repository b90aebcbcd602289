import path from "node:path";
import { explainIssues } from "@vj/schema";
import { loadConfig, secret, WorkerError } from "@vj/worker";
import type { ConfigOverrides } from "@vj/worker";
import { z } from "zod";

const address = (value: string): z.ZodDefault<z.ZodURL> => z.url({ protocol: /^https?$/ }).max(2048).default(value);

/** `spotify_monitor.json`. */
export const spotifyConfig = z.object({
  poll_interval: z.number().min(1).max(60).default(2).describe("Seconds between two requests to Spotify while it plays"),
  client_id: z.string().max(200).default("").describe("Client id of your own app at developer.spotify.com"),
  client_secret: secret(z.string().max(200).default("").describe("Client secret of that app; not needed")),
  redirect_port: z.int().min(0).max(65_535).default(8888).describe("Port of this machine that Spotify sends its answer to; 0 takes a free one"),
  redirect_uri: address("http://127.0.0.1/callback").describe("As registered for that app; without a port redirect_port is added, a port in it wins"),
  accounts_url: address("https://accounts.spotify.com").describe("Address for signing in"),
  api_url: address("https://api.spotify.com").describe("Address of the playback state"),
  applescript: z.boolean().default(true).describe("macOS: without a sign-in, ask the Spotify program of this machine"),
});
/** The settings of `spotify_monitor`. */
export type SpotifyConfig = z.output<typeof spotifyConfig>;

/** Settings fixed by the environment, under the names that other Spotify programs use too. */
export function environmentOverrides(env: NodeJS.ProcessEnv = process.env): ConfigOverrides {
  const overrides: Record<string, { value: string; variable: string }> = {};
  const fix = (key: string, variable: string): void => {
    const value = env[variable];
    if (value !== undefined && value !== "") overrides[key] = { value, variable };
  };
  fix("client_id", "SPOTIPY_CLIENT_ID");
  fix("client_secret", "SPOTIPY_CLIENT_SECRET");
  fix("redirect_uri", "SPOTIFY_REDIRECT_URI");
  fix("redirect_uri", "SPOTIPY_REDIRECT_URI");
  return overrides;
}

/**
 * The settings as the worker would start with them, for signing in without it.
 * @throws WorkerError `environment` when a variable gives one an invalid value; FileError when the file cannot be read.
 */
export function readSettings(configDir: string): SpotifyConfig {
  const { stored } = loadConfig(path.join(configDir, "spotify_monitor.json"), spotifyConfig);
  const fixed = environmentOverrides();
  const values = Object.fromEntries(Object.entries(fixed).map(([key, { value }]) => [key, value]));
  const result = spotifyConfig.safeParse({ ...stored, ...values });
  if (result.success) return result.data;
  const variables = Object.entries(fixed).flatMap(([key, { variable }]) => (result.error.issues.some(({ path: [at] }) => at === key) ? variable : []));
  throw new WorkerError("environment", `${variables.join(", ")}: ${explainIssues(result.error)}`);
}
