import { readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import type { ControlClient } from "@vj/control";
import { createReceiver } from "@vj/telemetry";
import type { OscMessage, Receiver } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { WorkerProcess } from "@vj/worker/testing";
import { StandInSpotify } from "./stand-in-spotify.ts";

export const command = [process.execPath, path.join(import.meta.dirname, "../../bin/spotify-monitor.js")] as const;
export const env = { SPOTIPY_CLIENT_ID: "", SPOTIPY_CLIENT_SECRET: "", SPOTIPY_REDIRECT_URI: "", SPOTIFY_REDIRECT_URI: "" };

export interface SpotifySetup {
  readonly spotify: StandInSpotify;
  readonly worker: WorkerProcess;
  readonly client: ControlClient;
  readonly osc: Receiver;
  readonly tokenFile: string;
  state(): Promise<Record<string, unknown>>;
  /** Waits until the state is like this. */
  until(expected: Record<string, unknown>): Promise<Record<string, unknown>>;
  signIn(expiresAt?: number): void;
}

export interface SetupOptions {
  readonly config?: Record<string, unknown>;
  readonly env?: Record<string, string>;
  /** Gets each message with its time on the clock of `performance.now()`. */
  readonly onMessage?: (message: OscMessage, at: number) => void;
}

/** A worker beside a stand-in of Spotify. At the end nothing that it wrote, logged or answered holds a secret, but the files that are for them. */
export async function setUp({ config = {}, env: more = {}, onMessage }: SetupOptions = {}): Promise<SpotifySetup> {
  const spotify = await StandInSpotify.start();
  const osc = await createReceiver();
  osc.on("message", (message) => onMessage?.(message, performance.now()));
  onTestFinished(() => osc.close());
  const variables = { ...env, VJ_OSC_TARGETS: `127.0.0.1:${osc.port}`, VJ_LOG_LEVEL: "debug", ...more };
  const worker = await WorkerProcess.prepare("spotify_monitor", { command, env: variables });
  onTestFinished(() => worker.remove());
  const tokenFile = path.join(worker.configDir, "spotify_token.json");
  const settingsFile = path.join(worker.configDir, "spotify_monitor.json");
  const settings = { client_id: "my-app", client_secret: "", accounts_url: spotify.url, api_url: spotify.url, poll_interval: 1, ...config };
  writeFileSync(settingsFile, JSON.stringify(settings), { mode: 0o600 });
  const client = await worker.start();
  const { seen } = spotify;
  const state = async (): Promise<Record<string, unknown>> => {
    const data = (await client.request("get_state", {}, { timeoutMs: 15_000 })).data ?? {};
    seen.push(JSON.stringify(data));
    return data;
  };
  client.on("heartbeat", (heartbeat) => seen.push(JSON.stringify(heartbeat)));
  onTestFinished(async () => {
    await state();
    seen.push(JSON.stringify(await client.request("describe", {}, { timeoutMs: 15_000 })), ...osc.entries().map((entry) => JSON.stringify(entry)));
    const files = readdirSync(worker.dir, { recursive: true, encoding: "utf8" }).map((name) => path.join(worker.dir, name));
    // The sign-in, and the settings with what is kept of them to put them back.
    const secretFiles = files.filter((file) => statSync(file).isFile() && (file.startsWith(tokenFile) || file.startsWith(settingsFile)));
    const others = files.filter((file) => statSync(file).isFile() && !secretFiles.includes(file));
    const texts = others.map((file) => readFileSync(file, "utf8"));
    // The stand-in looks for its secrets in what was seen.
    seen.push(...texts);
    expect(secretFiles.filter((file) => (statSync(file).mode & 0o777) !== 0o600)).toEqual([]);
  });
  return {
    spotify, worker, client, osc, tokenFile, state,
    until: (expected) =>
      waitFor(JSON.stringify(Object.entries(expected).map(([key, value]) => [key, String(value)])), async () => {
        const now = await state();
        return Object.entries(expected).every(([key, value]) => (value instanceof RegExp ? value.test(String(now[key])) : now[key] === value)) ? now : undefined;
      }),
    signIn: (expiresAt) => {
      // In one step, as the login does: half a file would count as a failure.
      writeFileSync(`${tokenFile}.new`, JSON.stringify(spotify.token(expiresAt)), { mode: 0o600 });
      renameSync(`${tokenFile}.new`, tokenFile);
    },
  };
}
