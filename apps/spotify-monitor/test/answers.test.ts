import { writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { tempDir, waitFor } from "@vj/test-kit";
import { spotifyConfig } from "../src/config.ts";
import { planNext, startOfPlan } from "../src/poll-plan.ts";
import { statusOf } from "../src/status.ts";
import type { Status } from "../src/status.ts";
import { createWebPlayer } from "../src/web-player.ts";
import { setUp } from "./helpers/set-up.ts";
import { StandInSpotify, json, playback, song, status } from "./helpers/stand-in-spotify.ts";
import type { Answer } from "./helpers/stand-in-spotify.ts";

const refusal = (message: string): Answer => json({ error: { status: 403, message } }, 403);
const body = (text: string | Buffer, headers: Record<string, string> = {}): Answer => (response) => void response.writeHead(200, headers).end(text);
const httpDate = (inMs: number): string => new Date(Date.now() + inMs).toUTCString();

/** What Spotify may answer, and what is said about it: each of a kind has a state of its own, and says what to do. */
const answers: readonly (readonly [what: string, answer: Answer, state: string, reason: RegExp | null, todo: RegExp | undefined])[] = [
  ["nothing plays", status(204), "idle", /nothing plays/, undefined],
  ["premium", refusal("Active premium subscription required for the owner of the app."), "premium_required", /Premium/, /Premium/],
  ["the list of users", refusal("User not registered in the Developer Dashboard"), "not_registered", /list of users/, /User Management/],
  ["the list of users, in a plain sentence", (response) => void response.writeHead(403).end("User not registered in the Developer Dashboard"), "not_registered", /list of users/, /User Management/],
  ["a scope", refusal("Insufficient client scope"), "refused", /permission/, /vj spotify login/],
  ["another refusal, which is a web page", (response) => void response.writeHead(403).end("<html>"), "refused", /refuses/, /README/],
  ["a limit in seconds", status(429, { "retry-after": "30" }), "rate_limited", /until \d\d:\d\d:\d\d/, /poll_interval/],
  ["a limit of hours", status(429, { "retry-after": "7200" }), "rate_limited", /until/, /poll_interval/],
  ["a limit of days, which names the day", status(429, { "retry-after": "172800" }), "rate_limited", /until \d{4}-\d\d-\d\d \d\d:/, /poll_interval/],
  ["a limit until a date", status(429, { "retry-after": httpDate(3_600_000) }), "rate_limited", /until/, /poll_interval/],
  ["a limit that does not say until when", status(429), "rate_limited", /until/, /poll_interval/],
  ["a fault", status(500), "unavailable", /500/, /at Spotify/],
  ["a fault of a gateway", (response) => void response.writeHead(502).end("<html>"), "unavailable", /502/, /at Spotify/],
  ["a connection cut before the answer", (response) => void response.destroy(), "cut", /ended/, /wait/],
  ["a connection cut within it", (response) => response.writeHead(200).write("{", () => response.socket?.resetAndDestroy()), "cut", /ended/, /wait/],
  ["another address", (response) => void response.writeHead(302, { location: "/login" }).end(), "unexpected", /another address/, /sign in to this network/],
  ["a web page", body("<html>Welcome to the hotel</html>", { "content-type": "text/html" }), "unexpected", /no playback state/, /sign in to this network/],
  ["a long one", body("x".repeat(3_000_000)), "unexpected", /longer than/, /api_url/],
  ["a packed bomb", body(gzipSync("x".repeat(50_000_000)), { "content-encoding": "gzip" }), "unexpected", /longer than/, /api_url/],
  ["broken packing", body("not gzip", { "content-encoding": "gzip" }), "cut", /ended/, /wait/],
  ["half of it", body('{"is_playing": tr'), "unexpected", /no playback state/, /api_url/],
  ["wrong types", json(playback({ is_playing: "yes" })), "unexpected", /no playback state/, /api_url/],
  ["a track of wrong types", json(playback({ item: { name: 7, artists: "x" } })), "unexpected", /no playback state/, /api_url/],
  ["what is not there", status(404), "unexpected", /404/, /api_url/],
  ["a packed track", body(gzipSync(JSON.stringify(playback())), { "content-encoding": "gzip" }), "playing", null, undefined],
  ["no item", json(playback({ item: null })), "playing", /does not say/, undefined],
  ["an advertisement", json(playback({ item: null, currently_playing_type: "ad" })), "playing", /advertisement/, undefined],
  ["a podcast", json(playback({ item: { type: "episode", name: "One", uri: "spotify:episode:1", duration_ms: 1000, show: { name: "Show" } } })), "playing", /podcast/, undefined],
  ["a local file", json(playback({ item: song({ is_local: true, uri: "spotify:local:a:b:c:1", id: null }) })), "playing", /local file/, undefined],
  ["a private session", json(playback({ device: { name: "Phone", is_private_session: true } })), "playing", /private session/, undefined],
  ["a private session without a track", json(playback({ item: null, device: { name: "Phone", is_private_session: true } })), "playing", /end it in Spotify's menu/, undefined],
];

/** A player signed in at a stand-in of Spotify. @returns a question, and what the worker says of its answer */
async function webPlayer(): Promise<{ spotify: StandInSpotify; say: () => Promise<Status> }> {
  const spotify = await StandInSpotify.start();
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  writeFileSync(dir.join("spotify_token.json"), JSON.stringify(spotify.token()), { mode: 0o600 });
  const ask = createWebPlayer(dir.path, spotifyConfig.parse({ client_id: "my-app", accounts_url: spotify.url, api_url: spotify.url }), () => {});
  const say = async (): Promise<Status> => {
    const { answer } = await ask(AbortSignal.timeout(15_000));
    const { plan, waitMs } = planNext(startOfPlan, answer, 1000);
    const said = statusOf(answer, Date.now() + waitMs, plan.failures);
    spotify.seen.push(JSON.stringify([answer, said]));
    return said;
  };
  return { spotify, say };
}

describe("an answer of Spotify", () => {
  it("of each kind has a state of its own, and says what to do", async () => {
    const { spotify, say } = await webPlayer();
    for (const [what, answer, state, reason, todo] of answers) {
      spotify.player = answer;
      const said = await say();
      expect(said.state, what).toBe(state);
      expect(said.reason ?? "", what).toMatch(reason ?? /^$/);
      expect(said.todo ?? "", what).toMatch(todo ?? /^$/);
      expect(said.degraded && todo === undefined, what).toBe(false);
    }
  });

  it.each([
    ["nothing plays", status(204), { state: "idle", reason: /nothing plays/ }, /"level":"ok"/],
    ["a connection cut before the answer", (response: ServerResponse) => void response.destroy(), { state: "cut", reason: /ended/ }, /wait/],
    ["a private session", json(playback({ device: { name: "Phone", is_private_session: true } })), { state: "playing", reason: /private session/ }, /"level":"ok"/],
  ])("is the state of the worker: %s", async (_, answer, expected, condition) => {
    const { spotify, until, signIn } = await setUp();
    spotify.player = answer;
    signIn();
    expect(JSON.stringify((await until(expected))["condition"])).toMatch(condition);
  });

  it("that comes too slowly, and Spotify out of reach, are said after two tries", { timeout: 60_000 }, async () => {
    const [slow, away] = await Promise.all([setUp(), setUp({ config: { api_url: "http://127.0.0.1:9" } })]);
    slow.spotify.player = (response) => void response.writeHead(200).write("{");
    slow.signIn();
    away.signIn();
    const once = slow.until({ state: "slow", reason: /no answer within 10 s/ });
    await away.until({ state: "offline", reason: /cannot be reached.*next try at/ });
    await waitFor("the fault", async () => JSON.stringify((await away.state())["condition"]).includes('"level":"degraded"'));
    expect(await once).toMatchObject({ condition: { level: "ok" } });
  });
});
