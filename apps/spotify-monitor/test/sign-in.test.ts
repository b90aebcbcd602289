import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { tempDir, waitFor } from "@vj/test-kit";
import { removeToken } from "../src/token-file.ts";
import { setUp } from "./helpers/set-up.ts";
import { json, playback } from "./helpers/stand-in-spotify.ts";
import type { Answer } from "./helpers/stand-in-spotify.ts";

const kept = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;

describe("a sign-in", () => {
  it("is renewed early, and kept for the next process", async () => {
    const { spotify, tokenFile, until, signIn } = await setUp();
    spotify.player = json(playback());
    signIn(Date.now() + 30_000);
    await until({ state: "playing" });
    expect(kept(tokenFile)).toMatchObject({ refresh_token: spotify.secrets.at(-1) });
    expect(spotify.forms.map((form) => form.get("grant_type"))).toEqual(["refresh_token"]);
  });

  it("of an app with a secret is renewed with that, which nobody gets to see", async () => {
    const { spotify, until, signIn, client } = await setUp({ config: { client_secret: "my-secret" } });
    spotify.player = json(playback());
    signIn(Date.now() + 30_000);
    await until({ state: "playing" });
    expect(spotify.authorizations).toContain(`Basic ${Buffer.from("my-app:my-secret").toString("base64")}`);
    expect(spotify.forms[0]?.has("client_secret")).toBe(false);
    await client.request("set_config", { client_secret: "my-secret-2" }, { timeoutMs: 15_000 });
    await client.request("set_config", { client_secret: "my-secret-".repeat(1000) }, { timeoutMs: 15_000 });
  });

  it("is renewed when Spotify takes it no more, once", async () => {
    const { spotify, until, signIn, tokenFile } = await setUp();
    spotify.player = json(playback());
    signIn();
    writeFileSync(tokenFile, JSON.stringify({ ...kept(tokenFile), access_token: "over" }));
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

  it("that is forgotten, or replaced, while it is renewed does not come back", async () => {
    const { spotify, until, signIn, tokenFile } = await setUp();
    spotify.player = json(playback());
    const held: (() => void)[] = [];
    spotify.beforeToken = () => new Promise((go) => held.push(go));
    signIn(Date.now() + 1000);
    await waitFor("a renewal", () => held.length === 1);
    rmSync(tokenFile);
    held.pop()?.();
    await until({ state: "signed_out", reason: /not signed in/ });
    expect(existsSync(tokenFile)).toBe(false);
    signIn(Date.now() + 1000);
    await waitFor("another renewal", () => held.length === 1);
    signIn();
    const newest = readFileSync(tokenFile, "utf8");
    held.pop()?.();
    await until({ state: "playing" });
    expect(readFileSync(tokenFile, "utf8")).toBe(newest);
  });

  it("that another process renewed at the same moment goes on with what that one got", async () => {
    const { spotify, until, signIn, worker } = await setUp();
    spotify.player = json(playback());
    const held: (() => void)[] = [];
    spotify.beforeToken = () => new Promise((go) => held.push(go));
    signIn(Date.now() + 1000);
    await waitFor("a renewal", () => held.length === 1);
    spotify.revoke();
    signIn();
    held.pop()?.();
    await until({ state: "playing" });
    expect(readFileSync(path.join(worker.busDir, "logs/spotify_monitor.log"), "utf8")).not.toContain("is no longer valid");
  });

  it("that cannot be kept goes on, is said, and is kept once it can be", async () => {
    const { spotify, until, signIn, tokenFile, worker } = await setUp();
    spotify.player = json(playback());
    const held: (() => void)[] = [];
    spotify.beforeToken = () => new Promise((go) => held.push(go));
    signIn(Date.now() + 1000);
    await waitFor("a renewal", () => held.length === 1);
    // A directory that others can write to is refused, for root too.
    chmodSync(worker.configDir, 0o777);
    held.pop()?.();
    await waitFor("a word about it", () => readFileSync(path.join(worker.busDir, "logs/spotify_monitor.log"), "utf8").includes("cannot be kept"));
    chmodSync(worker.configDir, 0o700);
    await until({ state: "playing" });
    await waitFor("the file", () => kept(tokenFile)["refresh_token"] === spotify.secrets.at(-1));
    expect(spotify.forms).toHaveLength(1);
  });

  it("whose token cannot be sent is broken, and no part of it is shown; one that others can read is made private", async () => {
    const { spotify, until, signIn, tokenFile } = await setUp();
    spotify.player = json(playback());
    for (const broken of ["SECRET\r\nx: y", "SECRET→", "SECRET\0"]) {
      spotify.secrets.push(broken);
      writeFileSync(tokenFile, JSON.stringify({ ...spotify.token(), access_token: broken }), { mode: 0o600 });
      const { reason } = await until({ state: "sign_in_unreadable" });
      expect(reason).not.toContain("SECRET");
    }
    signIn();
    chmodSync(tokenFile, 0o644);
    await until({ state: "playing" });
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
  });

  it("is forgotten with what a kill left beside it", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("config"));
    for (const name of ["spotify_token.json", "spotify_token.json.1234567", "spotify_monitor.json"]) writeFileSync(dir.join("config", name), "{}");
    removeToken(dir.join("config"));
    expect(["spotify_token.json", "spotify_token.json.1234567", "spotify_monitor.json"].map((name) => existsSync(dir.join("config", name)))).toEqual([false, false, true]);
    removeToken(dir.join("none"));
  });
});

describe("a service that repeats what it was sent", () => {
  it("does not get it into the state or the log", async () => {
    const { spotify, client, until, signIn } = await setUp({ config: { client_secret: "my-secret" } });
    spotify.accounts = (response) => json({ error: "invalid_request", error_description: `${spotify.forms.at(-1)?.get("refresh_token") ?? ""} my-secret` }, 400)(response, response.req);
    signIn(Date.now() + 1000);
    await until({ state: "unexpected", reason: /••• •••/ });
    spotify.player = (response, request) => json({ error: { message: `no ${request.headers.authorization ?? ""}` } }, 403)(response, request);
    signIn();
    await client.request("restart", {}, { timeoutMs: 15_000 });
    await until({ state: "refused", reason: /no Bearer •••/ });
  });
});

describe("the accounts service", () => {
  const answers: readonly [Answer, Record<string, unknown>][] = [
    [json({ error: "invalid_client", error_description: "Invalid client secret" }, 400), { state: "app_refused", reason: /check client_id/ }],
    [json({}, 503), { state: "unavailable", reason: /503/ }],
    [json({}, 429, { "retry-after": "3600" }), { state: "rate_limited", reason: /until/ }],
    [(response) => void response.end("<html>"), { state: "unexpected", reason: /accounts_url/ }],
    [(response) => void response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(), { state: "unexpected", reason: /another address/ }],
    [(response) => response.writeHead(200).write("{", () => response.destroy()), { state: "cut", reason: /ended/ }],
    [(response) => void response.end('{"access_token":1}'), { state: "unexpected", reason: /no token/ }],
  ];

  it("may refuse the app, be away, be limited, or be another service", async () => {
    const { spotify, client, until, signIn } = await setUp();
    signIn(Date.now() + 1000);
    for (const [answer, expected] of answers) {
      spotify.accounts = answer;
      await client.request("restart", {}, { timeoutMs: 15_000 });
      await until(expected);
    }
  });
});
