import { once } from "node:events";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { writeFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { tempDir } from "@vj/test-kit";
import { playlistId, readPlaylist } from "../src/playlist.ts";
import { readToken, removeToken, writeToken } from "../src/token-file.ts";

const id = "37i9dQZF1DXcBWIGoYBM5M";
const song = (name: string): object => ({ name, artists: [{ name: "A" }, { name: "B" }], album: { name: "L" }, duration_ms: 200_500 });

/** Spotify and a sign-in to it; `asked` are the paths asked for. */
async function signedIn(answer: (response: ServerResponse, url: URL) => void, expiresAt = Date.now() + 3_600_000): Promise<{ configDir: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url ?? ""} ${request.headers.authorization ?? ""}`);
    answer(response, new URL(request.url ?? "", "http://127.0.0.1"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const dir = tempDir();
  onTestFinished(async () => {
    dir.remove();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const bound = server.address();
  const api_url = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`;
  writeFileSync(dir.join("spotify_monitor.json"), JSON.stringify({ client_id: "me", api_url, accounts_url: api_url }));
  await writeToken(dir.path, { client_id: "me", access_token: "SECRET-key", refresh_token: "SECRET-r", expires_at: expiresAt, scope: "" });
  return { configDir: dir.path, asked };
}

describe("a playlist", () => {
  it("is known by its address or its name", () => {
    expect([`https://open.spotify.com/playlist/${id}?si=1`, `https://open.spotify.com/intl-de/playlist/${id}`, `spotify:playlist:${id}`].map(playlistId)).toEqual([id, id, id]);
    expect(playlistId("https://example.org/playlist/x")).toBeUndefined();
  });

  it("is read page by page, in the shapes before and since February 2026, without podcasts and what was removed", async () => {
    const { configDir, asked } = await signedIn((response, url) => {
      const first = url.searchParams.get("offset") === "0";
      const items = first ? [{ item: song("One") }, { item: null }, { item: { type: "episode", name: "Talk" } }] : [{ track: song("Two") }];
      response.end(JSON.stringify({ items, next: first ? "more" : null }));
    });
    expect(await readPlaylist(id, { configDir })).toEqual([
      { artist: "A, B", title: "One", album: "L", duration: 200.5 },
      { artist: "A, B", title: "Two", album: "L", duration: 200.5 },
    ]);
    expect(asked).toEqual([`/v1/playlists/${id}/items?limit=50&offset=0 Bearer SECRET-key`, `/v1/playlists/${id}/items?limit=50&offset=50 Bearer SECRET-key`]);
  });

  it("is read with a renewed sign-in, which is kept; one that was replaced or forgotten meanwhile does not come back", async () => {
    let meanwhile = (): void => {};
    const { configDir, asked } = await signedIn((response, url) => {
      if (url.pathname !== "/api/token") return void response.end(JSON.stringify({ items: [{ item: song("One") }], next: null }));
      meanwhile();
      response.end(JSON.stringify({ access_token: "SECRET-2", refresh_token: "SECRET-r-2", expires_in: 3600 }));
    }, 0);
    await readPlaylist(id, { configDir });
    expect([asked.at(-1), readToken(configDir)?.refresh_token]).toEqual([expect.stringContaining("SECRET-2"), "SECRET-r-2"]);
    await writeToken(configDir, { client_id: "me", access_token: "SECRET-key", refresh_token: "SECRET-r", expires_at: 0, scope: "" });
    meanwhile = () => removeToken(configDir);
    await expect(readPlaylist(id, { configDir })).rejects.toThrow(/not signed in/);
    expect(readToken(configDir)).toBeUndefined();
  });

  it.each([
    [200, /only the playlists that are your own/],
    [401, /vj spotify login/],
    [403, /must be your own/],
    [404, /no such playlist/],
    [429, /try again in/],
    [502, /answered 502/],
  ])("that is not given says why: %d", async (status, why) => {
    const { configDir } = await signedIn((response) => void response.writeHead(status).end("{}"));
    const error: unknown = await readPlaylist(id, { configDir }).catch((reason: unknown) => reason);
    expect(String(error)).toMatch(why);
    expect(String(error)).not.toContain("SECRET");
  });
});
