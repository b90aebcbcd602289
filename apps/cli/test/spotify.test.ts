import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { connect } from "node:net";
import path from "node:path";
import { spawnNode, waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { VjRig } from "./vj-rig.ts";

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A minimal accounts service of Spotify for signing in. */
async function accounts(): Promise<string> {
  const server = createServer((_, response) => {
    const token = { access_token: "SECRET-a", refresh_token: "SECRET-r", expires_in: 3600, scope: "user-read-playback-state" };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(token));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

/** Only the sign-in and the settings hold secrets; no output, log or other file does. */
function expectNoSecrets(rig: VjRig, ...outputs: string[]): void {
  const files = readdirSync(rig.dir.path, { recursive: true, encoding: "utf8" }).filter((name) => !/config\/spotify_(?:token|monitor)\.json/.test(name)).map((name) => rig.dir.join(name));
  const texts = files.filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true).map((file) => readFileSync(file, "utf8"));
  expect([...outputs, ...texts].filter((text) => text.includes("SECRET"))).toEqual([]);
}

describe("vj spotify", () => {
  it("explains how to get an app when there is none", async () => {
    await using rig = new VjRig();
    const { code, stderr } = await rig.run("spotify", "login");
    expect([code, stderr]).toEqual([1, expect.stringMatching(/developer\.spotify\.com[^]*127\.0\.0\.1:8888\/callback[^]*vj config set spotify_monitor client_id/)]);
    expect(await rig.run("spotify", "logout")).toMatchObject({ code: 0, stdout: "nobody was signed in\n" });
  });

  it("signs in through the browser, names missing permissions, and signs out", async () => {
    await using rig = new VjRig();
    const config = { client_id: "my-app", redirect_port: 0, accounts_url: await accounts() };
    writeFileSync(rig.dir.join("config/spotify_monitor.json"), JSON.stringify(config), { mode: 0o600 });
    await using login = rig.start("spotify", "login");
    const [address] = await login.printed(/http:\/\/127\S+\/authorize\S+/);
    const asked = new URL(address).searchParams;
    await fetch(`${asked.get("redirect_uri")}?code=c&state=${asked.get("state")}`);
    expect(await login.exited).toEqual({ code: 0, signal: null });
    expect(login.output()).toMatch(/signed in; saved in .*spotify_token\.json[^]*did not allow: user-read-currently-playing, playlist-read-private/);
    expectNoSecrets(rig, login.output());
    const file = rig.dir.join("config/spotify_token.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ client_id: "my-app", refresh_token: "SECRET-r" });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await rig.run("spotify", "logout")).toMatchObject({ code: 0, stdout: expect.stringContaining("signed out") });
    expect(existsSync(file)).toBe(false);
  });

  it("sends strangers away, says that another sign-in waits already, and ends when it is declined or interrupted", async () => {
    await using rig = new VjRig();
    const config = { client_id: "my-app", redirect_port: await freePort(), accounts_url: await accounts() };
    writeFileSync(rig.dir.join("config/spotify_monitor.json"), JSON.stringify(config), { mode: 0o600 });
    await using first = rig.start("spotify", "login", "--no-browser");
    const [address] = await first.printed(/http:\/\/127\S+\/authorize\S+/);
    const back = new URL(new URL(address).searchParams.get("redirect_uri") ?? "");
    expect(await rig.run("spotify", "login", "--no-browser")).toMatchObject({ code: 1, stderr: expect.stringMatching(/port \d+ is taken.*redirect_port/) });
    // What is not an address at all, and a page that knows where it is waited for, but not the state.
    const stranger = connect(Number(back.port), "127.0.0.1");
    stranger.end("GET // HTTP/1.1\r\nhost: x\r\n\r\n");
    expect(String((await once(stranger, "data"))[0])).toContain("404");
    expect((await fetch(`${back.href}?code=evil&state=guess`)).status).toBe(400);
    await fetch(`${back.href}?error=access_denied&state=${new URL(address).searchParams.get("state")}`);
    expect(await first.exited).toEqual({ code: 1, signal: null });
    expect(first.output()).toMatch(/not signed in: it was declined at Spotify/);
    await using second = rig.start("spotify", "login", "--no-browser");
    await second.printed(/authorize/);
    second.child.kill("SIGINT");
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(second.output()).toMatch(/nobody signed in; run it again/);
    expectNoSecrets(rig, first.output(), second.output());
    expect(existsSync(rig.dir.join("config/spotify_token.json"))).toBe(false);
  });

  it("keeps what it got out of vj config show", async () => {
    await using rig = new VjRig();
    const file = rig.dir.join("config/spotify_monitor.json");
    writeFileSync(file, JSON.stringify({ client_id: "my-app", client_secret: "SECRET-c" }), { mode: 0o600 });
    const token = { client_id: "my-app", access_token: "SECRET-a", refresh_token: "SECRET-r", expires_at: 0, scope: "" };
    writeFileSync(rig.dir.join("config/spotify_token.json"), JSON.stringify(token), { mode: 0o600 });
    await using worker = spawnNode([path.join(import.meta.dirname, "../../spotify-monitor/bin/spotify-monitor.js")], { ...rig.env, SPOTIPY_CLIENT_SECRET: "" });
    await worker.printed(/started/);
    const shown = await waitFor("the settings", async () => {
      const { code, stdout } = await rig.run("config", "show", "spotify_monitor", "--origin");
      return code === 0 ? stdout : undefined;
    });
    expect(shown).toContain("my-app");
    expectNoSecrets(rig, shown, worker.output());
  });
});
