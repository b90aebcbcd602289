import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { VjRig } from "./vj-rig.ts";

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
    expect(login.output()).not.toContain("SECRET");
    const file = rig.dir.join("config/spotify_token.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ client_id: "my-app", refresh_token: "SECRET-r" });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await rig.run("spotify", "logout")).toMatchObject({ code: 0, stdout: expect.stringContaining("signed out") });
    expect(existsSync(file)).toBe(false);
  });
});
