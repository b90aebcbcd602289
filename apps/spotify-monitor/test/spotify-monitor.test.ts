import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { waitFor } from "@vj/test-kit";
import { workerContract } from "@vj/worker/testing";
import { environmentOverrides, spotifyConfig } from "../src/config.ts";
import { command, env, setUp } from "./helpers/set-up.ts";
import { json, playback, status } from "./helpers/stand-in-spotify.ts";

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

describe("without credentials", () => {
  it("is idle and well, says why, and leaves /karaoke/ alone", async () => {
    const { state, osc, spotify } = await setUp({ config: { client_id: "" } });
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

describe("signed in", () => {
  it("notices the sign-in, publishes track and position, and forgets both when somebody signs out", async () => {
    const { spotify, worker, until, osc, signIn } = await setUp();
    await until({ state: "signed_out", reason: /vj spotify login/ });
    spotify.player = json(playback());
    signIn();
    await until({ state: "playing", available: true, device: "Booth" });
    const track = [1, "spotify", "Daft Punk, Pharrell Williams", "Get Lucky (feat. Pharrell Williams)", "Random Access Memories", expect.closeTo(248.413, 3), 0];
    await waitFor("the track", () => osc.latest("/karaoke/track"));
    expect(osc.latest("/karaoke/track")?.message).toMatchObject({ tags: "issssfi", args: track });
    expect(osc.latest("/playback/spotify/track")?.message).toMatchObject({ args: track });
    writeFileSync(path.join(worker.configDir, "spotify_token.json"), "{}");
    await until({ state: "sign_in_unreadable", reason: /holds no sign-in/ });
    writeFileSync(path.join(worker.configDir, "spotify_token.json"), JSON.stringify({ ...spotify.token(), client_id: "another" }));
    await until({ state: "signed_out", reason: /another client_id/, last_track: null });
    await waitFor("no track", () => osc.latest("/karaoke/track")?.message.args[0] === 0);
  });

  it("waits out a limit, and plays on by the clock until the end of the track", async () => {
    const { spotify, until, signIn, state } = await setUp();
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
    const { until, signIn } = await setUp();
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
