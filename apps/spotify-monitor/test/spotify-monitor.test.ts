import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ControlClient } from "@vj/control";
import { createReceiver } from "@vj/telemetry";
import type { Receiver } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { WorkerProcess, workerContract } from "@vj/worker/testing";
import { environmentOverrides, spotifyConfig } from "../src/config.ts";
import { StandInSpotify, json, playback, song, status } from "./helpers/stand-in-spotify.ts";
import type { Answer } from "./helpers/stand-in-spotify.ts";

const command = [process.execPath, path.join(import.meta.dirname, "../bin/spotify-monitor.js")] as const;
const env = { SPOTIPY_CLIENT_ID: "", SPOTIPY_CLIENT_SECRET: "", SPOTIPY_REDIRECT_URI: "", SPOTIFY_REDIRECT_URI: "" };

describe("as a worker", () => {
  const subject = {
    name: "spotify_monitor",
    command,
    env,
    validConfig: { poll_interval: 5, api_url: "http://127.0.0.1:8080" },
    invalidConfig: { poll_interval: 0 },
  };
  for (const { name, run } of workerContract(subject)) it(name, () => run());
});

interface Rig {
  readonly spotify: StandInSpotify;
  readonly worker: WorkerProcess;
  readonly client: ControlClient;
  readonly osc: Receiver;
  state(): Promise<Record<string, unknown>>;
  /** Waits until the state is like this. */
  until(expected: Record<string, unknown>): Promise<Record<string, unknown>>;
  signIn(expiresAt?: number): void;
}

/** A worker beside a stand-in of Spotify. At the end nothing that it wrote, logged or answered holds a secret. */
async function rig(config: Record<string, unknown> = {}): Promise<Rig> {
  const spotify = await StandInSpotify.start();
  const osc = await createReceiver({ port: 0 });
  onTestFinished(() => osc.close());
  const worker = await WorkerProcess.prepare("spotify_monitor", { command, env: { ...env, VJ_OSC_TARGETS: `127.0.0.1:${osc.port}`, VJ_LOG_LEVEL: "debug" } });
  onTestFinished(() => worker.remove());
  const tokenFile = path.join(worker.configDir, "spotify_token.json");
  const settings = { client_id: "my-app", client_secret: "", accounts_url: spotify.url, api_url: spotify.url, poll_interval: 1, ...config };
  writeFileSync(path.join(worker.configDir, "spotify_monitor.json"), JSON.stringify(settings), { mode: 0o600 });
  const client = await worker.start();
  const seen: string[] = [];
  const state = async (): Promise<Record<string, unknown>> => {
    const data = (await client.request("get_state", {}, { timeoutMs: 15_000 })).data ?? {};
    seen.push(JSON.stringify(data));
    return data;
  };
  onTestFinished(async () => {
    await state();
    const logs = path.join(worker.busDir, "logs");
    const texts = [...seen, ...readdirSync(logs).map((entry) => readFileSync(path.join(logs, entry), "utf8"))].join("\n");
    expect(spotify.secrets.filter((secret) => texts.includes(secret))).toEqual([]);
    expect(texts).not.toContain("my-secret");
    expect(existsSync(tokenFile) ? statSync(tokenFile).mode & 0o777 : 0o600).toBe(0o600);
  });
  return {
    spotify, worker, client, osc, state,
    until: (expected) =>
      waitFor(JSON.stringify(expected), async () => {
        const now = await state();
        return Object.entries(expected).every(([key, value]) => (value instanceof RegExp ? value.test(String(now[key])) : now[key] === value)) ? now : undefined;
      }),
    signIn: (expiresAt) => writeFileSync(tokenFile, JSON.stringify(spotify.token(expiresAt)), { mode: 0o600 }),
  };
}

describe("without credentials", () => {
  it("is idle and well, says why, and leaves /karaoke/ alone", async () => {
    const { state, osc, spotify } = await rig({ client_id: "" });
    expect(await state()).toMatchObject({
      status: "running",
      available: false,
      state: "no_credentials",
      reason: expect.stringContaining("client_id"),
      condition: { level: "ok", text: expect.stringContaining("vj spotify login") },
      last_track: null,
    });
    await waitFor("its own track", () => osc.latest("/playback/spotify/track"));
    expect(osc.latest("/playback/spotify/track")?.message).toMatchObject({ tags: "issssfi", args: [0, "spotify", "", "", "", 0, 0] });
    expect(osc.latest("/karaoke/track")).toBeUndefined();
    expect(spotify.questions).toEqual([]);
  });
});

const cut: Answer = (response) => void response.destroy();

describe("signed in", () => {
  it("notices the sign-in, publishes track and position, and forgets both when somebody signs out", async () => {
    const { spotify, worker, until, osc, signIn } = await rig();
    await until({ state: "signed_out", reason: /vj spotify login/ });
    spotify.player = json(playback());
    signIn();
    await until({ state: "playing", available: true, device: "Booth" });
    const track = [1, "spotify", "Daft Punk, Pharrell Williams", "Get Lucky (feat. Pharrell Williams)", "Random Access Memories", expect.closeTo(248.413, 3), 0];
    await waitFor("the track", () => osc.latest("/karaoke/track"));
    expect(osc.latest("/karaoke/track")?.message).toMatchObject({ tags: "issssfi", args: track });
    expect(osc.latest("/playback/spotify/track")?.message).toMatchObject({ args: track });
    writeFileSync(path.join(worker.configDir, "spotify_token.json"), "{}");
    await until({ state: "unavailable", reason: /holds no sign-in/ });
    writeFileSync(path.join(worker.configDir, "spotify_token.json"), JSON.stringify({ ...spotify.token(), client_id: "another" }));
    await until({ state: "signed_out", reason: /another client_id/, last_track: null });
    await waitFor("no track", () => osc.latest("/karaoke/track")?.message.args[0] === 0);
  });

  it("tells the position between two questions, and a seek, a pause and the next track", async () => {
    const { spotify, until, osc, signIn, state } = await rig();
    const startedAt = performance.now() - 60_000;
    const progress = (): number => performance.now() - startedAt;
    let offset = 0;
    spotify.player = (response, request) => json(playback({ progress_ms: Math.round(progress() + offset) }))(response, request);
    signIn();
    await until({ state: "playing" });
    // The answer is made at some time between.
    const error = async (): Promise<number> => {
      const earliest = progress() + offset;
      const position = Number((await state())["position"]) * 1000;
      return Math.max(0, earliest - position, position - progress() - offset);
    };
    await waitFor("the position", async () => (await error()) < 100);
    // An answer of Spotify that comes late on a busy machine makes it a little older.
    for (let look = 0; look < 20; look += 1) expect(await error()).toBeLessThan(300);
    offset = 90_000;
    await waitFor("the seek", async () => (await error()) < 100);
    await waitFor("two positions a second", () => osc.latest("/karaoke/pos"));
    spotify.player = json(playback({ is_playing: false, progress_ms: 170_000 }));
    await until({ state: "paused", is_playing: false, position: 170 });
    spotify.player = json(playback({ progress_ms: 0, item: song({ uri: "spotify:track:2", name: "Contact" }) }));
    await until({ state: "playing" });
    await waitFor("the next track", () => osc.latest("/karaoke/track")?.message.args[3] === "Contact");
  });

  it("renews the token early and keeps what it gets, for the next process too", async () => {
    const { spotify, worker, until, signIn } = await rig();
    spotify.player = json(playback());
    signIn(Date.now() + 30_000);
    await until({ state: "playing" });
    const kept: unknown = JSON.parse(readFileSync(path.join(worker.configDir, "spotify_token.json"), "utf8"));
    expect(kept).toMatchObject({ refresh_token: spotify.secrets.at(-1) });
    expect(spotify.forms.map((form) => form.get("grant_type"))).toEqual(["refresh_token"]);
  });

  it("renews a token that Spotify takes no more, once", async () => {
    const { spotify, until, signIn, worker } = await rig();
    spotify.player = json(playback());
    signIn();
    const file = path.join(worker.configDir, "spotify_token.json");
    const token = { ...(JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>), access_token: "over" };
    writeFileSync(file, JSON.stringify(token));
    await until({ state: "playing" });
    spotify.revoke();
    const asked = spotify.forms.length;
    await until({ state: "signed_out", reason: /vj spotify login/, last_track: null });
    expect((await until({ state: "signed_out" }))["condition"]).toMatchObject({ level: "degraded", todo: "vj spotify login" });
    expect(spotify.forms.length).toBe(asked + 1);
    signIn();
    await until({ state: "playing" });
    expect(spotify.forms.length).toBe(asked + 1);
  });

  it.each([
    ["premium", json({ error: { status: 403, message: "Active premium subscription required for the owner of the app." } }, 403), { state: "premium_required", reason: /Premium/ }],
    ["the list of users", json({ error: { status: 403, message: "User not registered in the Developer Dashboard" } }, 403), { state: "not_registered", reason: /list of users/ }],
    ["a limit of hours", status(429, { "retry-after": "7200" }), { state: "rate_limited", reason: /until \d\d:\d\d:\d\d/ }],
    ["an error of the service", status(503), { state: "unavailable", reason: /503/ }],
    ["a web page", json("<html>"), { state: "unavailable", reason: /not a playback state/ }],
    ["a cut connection", cut, { state: "offline", reason: /cannot be reached/ }],
  ])("says what to do about %s", async (_, answer, expected) => {
    const { spotify, until, signIn } = await rig();
    spotify.player = answer;
    signIn();
    await until(expected);
  });

  it("waits out a limit, and plays on by the clock until the end of the track", async () => {
    const { spotify, until, signIn, state } = await rig();
    spotify.player = json(playback({ progress_ms: 245_000 }));
    signIn();
    await until({ state: "playing" });
    spotify.player = status(429, { "retry-after": "2" });
    const limited = await until({ state: "rate_limited" });
    expect(limited).toMatchObject({ is_playing: true, condition: { level: "degraded" } });
    const at = spotify.questions.at(-1) ?? 0;
    await waitFor("the next question", () => (spotify.questions.at(-1) ?? 0) > at);
    expect((spotify.questions.at(-1) ?? 0) - at).toBeGreaterThan(1990);
    await until({ last_track: null });
    spotify.player = json(playback());
    await until({ state: "playing" });
    expect((await state())["last_track"]).not.toBeNull();
  });

  it("is idle when nothing plays", async () => {
    const { until, signIn } = await rig();
    signIn();
    expect(await until({ state: "idle", available: true })).toMatchObject({ condition: { level: "ok" }, last_track: null });
  });
});

describe("the settings", () => {
  it("are those of the contract, each with a default", () => {
    const names = ["client_id", "client_secret", "redirect_port", "accounts_url", "api_url", "poll_interval"];
    expect(Object.keys(spotifyConfig.parse({}))).toEqual(expect.arrayContaining(names));
  });

  it("are fixed by the environment under the names of other programs", () => {
    expect(environmentOverrides({})).toEqual({});
    expect(environmentOverrides({ SPOTIPY_CLIENT_ID: "id", SPOTIPY_CLIENT_SECRET: "s", SPOTIFY_REDIRECT_URI: "http://127.0.0.1:1/a" })).toEqual({
      client_id: { value: "id", variable: "SPOTIPY_CLIENT_ID" },
      client_secret: { value: "s", variable: "SPOTIPY_CLIENT_SECRET" },
      redirect_uri: { value: "http://127.0.0.1:1/a", variable: "SPOTIFY_REDIRECT_URI" },
    });
    expect(environmentOverrides({ SPOTIPY_REDIRECT_URI: "http://127.0.0.1:2/b", SPOTIFY_REDIRECT_URI: "x" })).toMatchObject({
      redirect_uri: { value: "http://127.0.0.1:2/b" },
    });
  });
});
