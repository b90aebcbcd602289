import { request } from "@vj/http";
import { tempDir } from "@vj/test-kit";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LoginError, login, missingScopes, readSettings, spotifyConfig } from "../src/index.ts";
import type { SpotifyConfig } from "../src/index.ts";
import { StandInSpotify, json } from "./helpers/stand-in-spotify.ts";

const configFor = (spotify: StandInSpotify, changes: Record<string, unknown> = {}): SpotifyConfig =>
  spotifyConfig.parse({ client_id: "my-app", redirect_port: 0, accounts_url: spotify.url, api_url: spotify.url, ...changes });

/** A browser; what it shows is seen. */
const visitTo = (spotify: StandInSpotify) => async (address: string): Promise<{ status: number; text: string }> => {
  const page = await request(address);
  spotify.seen.push(page.text);
  return page;
};

/** Signs in as a person who does this with the shown address. */
async function signIn(spotify: StandInSpotify, config: SpotifyConfig, act: (address: string) => unknown, signal?: AbortSignal) {
  let visited: unknown;
  const onAddress = (address: string): void => void (visited = act(address));
  try {
    const token = await login({ config, onAddress, ...(signal === undefined ? {} : { signal }) });
    await visited;
    return token;
  } catch (error) {
    spotify.seen.push(String(error));
    throw error;
  }
}

describe("signing in", () => {
  it("asks for the scopes with PKCE, and ends after the answer", async () => {
    const spotify = await StandInSpotify.start();
    let page: Promise<{ status: number; text: string }> | undefined;
    const token = await signIn(spotify, configFor(spotify), (address) => {
      const asked = new URL(address);
      expect(asked.pathname).toBe("/authorize");
      expect(Object.fromEntries(asked.searchParams)).toMatchObject({
        response_type: "code",
        client_id: "my-app",
        code_challenge_method: "S256",
        scope: "user-read-playback-state user-read-currently-playing playlist-read-private playlist-read-collaborative",
        redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/),
      });
      page = visitTo(spotify)(spotify.consent(address));
      return page;
    });
    expect(await page).toMatchObject({ status: 200, text: expect.stringContaining("Signed in") });
    expect(token).toMatchObject({ client_id: "my-app", refresh_token: expect.stringMatching(/^SECRET/) });
    expect(token.expires_at - Date.now()).toBeGreaterThan(3_500_000);
    expect(missingScopes(token)).toEqual([]);
    expect(spotify.forms[0]?.get("client_id")).toBe("my-app");
  });

  it("uses the secret where the app has one", async () => {
    const spotify = await StandInSpotify.start();
    const token = await signIn(spotify, configFor(spotify, { client_secret: "my-secret" }), (address) => {
      expect(new URL(address).searchParams.has("code_challenge")).toBe(false);
      return visitTo(spotify)(spotify.consent(address));
    });
    expect(token.client_id).toBe("my-app");
    expect(spotify.forms[0]?.has("client_secret")).toBe(false);
  });

  it("names the scopes that were not granted", async () => {
    const spotify = await StandInSpotify.start();
    spotify.scope = "user-read-currently-playing";
    const token = await signIn(spotify, configFor(spotify), (address) => visitTo(spotify)(spotify.consent(address)));
    expect(missingScopes(token)).toEqual(["user-read-playback-state", "playlist-read-private", "playlist-read-collaborative"]);
  });

  it("ignores answers of others", async () => {
    const spotify = await StandInSpotify.start();
    const token = await signIn(spotify, configFor(spotify), async (address) => {
      const answer = new URL(spotify.consent(address));
      const forged = new URL(answer);
      forged.searchParams.set("state", "x");
      expect(await visitTo(spotify)(forged.href)).toMatchObject({ status: 400 });
      forged.searchParams.delete("state");
      expect(await visitTo(spotify)(forged.href)).toMatchObject({ status: 400 });
      expect(await visitTo(spotify)(new URL("/favicon.ico", answer).href)).toMatchObject({ status: 404 });
      expect(await request(answer, { method: "POST" })).toMatchObject({ status: 404 });
      return visitTo(spotify)(answer.href);
    });
    expect(token.client_id).toBe("my-app");
  });

  it.each([
    ["declined", (answer: URL) => (answer.searchParams.set("error", "access_denied"), answer), /declined/],
    ["of no use", (answer: URL) => (answer.searchParams.set("code", "wrong"), answer), /is no longer valid/],
    ["empty", (answer: URL) => (answer.searchParams.delete("code"), answer), /no code/],
    ["an error with markup", (answer: URL) => (answer.searchParams.set("error", "<script>"), answer), /<script>/],
  ])("gives the reason when the answer is %s", async (_, change, reason) => {
    const spotify = await StandInSpotify.start();
    let page = "";
    const failed = signIn(spotify, configFor(spotify), async (address) => {
      page = (await visitTo(spotify)(change(new URL(spotify.consent(address))).href)).text;
    });
    await expect(failed).rejects.toThrow(LoginError);
    await expect(failed).rejects.toThrow(reason);
    expect(page).not.toContain("<script>");
  });

  it("reports a wrong app", async () => {
    const spotify = await StandInSpotify.start();
    spotify.accounts = json({ error: "invalid_client", error_description: "Invalid client" }, 400);
    const failed = signIn(spotify, configFor(spotify), (address) => visitTo(spotify)(spotify.consent(address)));
    await expect(failed).rejects.toThrow(/check client_id/);
  });

  it("names the next step for a taken port, and for an address that Spotify refuses", async () => {
    const spotify = await StandInSpotify.start();
    const taken = configFor(spotify, { redirect_port: Number(new URL(spotify.url).port) });
    await expect(signIn(spotify, taken, () => {})).rejects.toThrow(/is taken by node .*redirect_port=\d+/);
    await expect(signIn(spotify, configFor(spotify, { redirect_uri: "http://localhost:8888/callback" }), () => {})).rejects.toThrow(/refuses names such as localhost/);
  });

  it("ends when nobody signs in, or it is cancelled", async () => {
    const spotify = await StandInSpotify.start();
    await expect(login({ config: configFor(spotify), onAddress: () => {}, timeoutMs: 50 })).rejects.toThrow(/nobody signed in/);
    const controller = new AbortController();
    await expect(signIn(spotify, configFor(spotify), () => controller.abort(), controller.signal)).rejects.toThrow(LoginError);
  });
});

describe("the settings for signing in", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it("name the variable with an invalid value, in words", async () => {
    await using dir = tempDir();
    vi.stubEnv("SPOTIPY_CLIENT_ID", "my-app");
    vi.stubEnv("SPOTIPY_REDIRECT_URI", "the usual one");
    expect(() => readSettings(dir.path)).toThrow(expect.objectContaining({ code: "environment", message: expect.stringMatching(/^SPOTIPY_REDIRECT_URI: redirect_uri: /) }));
    vi.stubEnv("SPOTIPY_REDIRECT_URI", "http://127.0.0.1:9999/callback");
    expect(readSettings(dir.path)).toMatchObject({ client_id: "my-app", redirect_uri: "http://127.0.0.1:9999/callback" });
  });
});
