import { describe, expect, it } from "vitest";
import { askLrclib } from "../src/sources/lrclib-get.ts";
import type { FoundLyrics, LyricsQuery } from "../src/song.ts";
import { json, standInLrclib } from "./helpers/stand-in-lrclib.ts";
import type { StandInLrclib } from "./helpers/stand-in-lrclib.ts";

const query: LyricsQuery = { artist: "Björk & Co", title: "Jóga?" };
const ask = (url: string, more: Partial<LyricsQuery> = {}, timeoutMs = 10_000): Promise<FoundLyrics | undefined> =>
  askLrclib({ ...query, ...more }, { url, timeoutMs, userAgent: "vj-bus/test" });

describe("LRCLIB", () => {
  it("is asked by artist and title, and by album and whole seconds where they are known", async () => {
    const lrclib = await standInLrclib(json({ syncedLyrics: "[00:01.00]x", plainLyrics: "x", instrumental: false, id: 1 }));
    expect(await ask(lrclib.url)).toEqual({ synced: "[00:01.00]x", plain: "x", instrumental: false });
    await ask(`${lrclib.url}/`, { album: "Homogenic", duration: 305.4 });
    await ask(lrclib.url, { album: "", duration: 0 });
    const parameters = lrclib.requests.map((request) => Object.fromEntries(new URL(request, lrclib.url).searchParams));
    const plain = { artist_name: "Björk & Co", track_name: "Jóga?" };
    expect(parameters).toEqual([plain, { ...plain, album_name: "Homogenic", duration: "305" }, plain]);
    expect(lrclib.requests.every((request) => request.startsWith("/api/get?"))).toBe(true);
    expect(lrclib.headers[0]?.["user-agent"]).toBe("vj-bus/test");
  });

  it("may have no lyrics, none with time stamps, or an instrumental", async () => {
    const lrclib = await standInLrclib(json({ code: 404, name: "TrackNotFound" }, 404));
    expect(await ask(lrclib.url)).toBeUndefined();
    lrclib.answer = json({ syncedLyrics: null, plainLyrics: "words", instrumental: false });
    expect(await ask(lrclib.url)).toEqual({ synced: null, plain: "words", instrumental: false });
    lrclib.answer = json({ syncedLyrics: null, plainLyrics: null, instrumental: true });
    expect(await ask(lrclib.url)).toEqual({ synced: null, plain: null, instrumental: true });
  });

  it("may fail in every way, which is said", async () => {
    const lrclib = await standInLrclib(json({}, 504));
    await expect(ask(lrclib.url)).rejects.toThrow(/cannot get lyrics from http.*: it answered 504 Gateway Timeout/);
    lrclib.answer = (response) => response.end("<html>log in to the hotel's network</html>");
    await expect(ask(lrclib.url)).rejects.toThrow(/not what LRCLIB answers; check lrclib_url/);
    lrclib.answer = json(null);
    await expect(ask(lrclib.url)).rejects.toThrow(/not what LRCLIB answers/);
    lrclib.answer = json({ syncedLyrics: 7 });
    await expect(ask(lrclib.url)).rejects.toThrow(/not what LRCLIB answers/);
    lrclib.answer = (response) => response.end("x".repeat(2_000_000));
    await expect(ask(lrclib.url)).rejects.toThrow(/longer than/);
    lrclib.answer = (response) => response.destroy();
    await expect(ask(lrclib.url)).rejects.toThrow(/cannot get lyrics/);
    lrclib.answer = () => {};
    await expect(ask(lrclib.url, {}, 50)).rejects.toThrow(/no answer within 0.05 s/);
    await expect(ask("http://127.0.0.1:1")).rejects.toThrow(/ECONNREFUSED|bad port/);
  });

  it.each<[string, StandInLrclib["answer"]]>([
    ["a byte order mark", (response) => response.end(`\uFEFF${JSON.stringify({ syncedLyrics: "[00:01.00]x" })}`)],
    ["a field that came later", json({ id: 36, syncedLyrics: "[00:01.00]x", lyricsfile: 'version: "1.0"', duration: 227 })],
    ["another address, where the lyrics are", (response, { pathname }) =>
      pathname === "/moved" ? json({ syncedLyrics: "[00:01.00]x" })(response) : response.writeHead(301, { location: "/moved" }).end()],
  ])("may answer with %s", async (_, answer) => {
    const lrclib = await standInLrclib(answer);
    expect(await ask(lrclib.url)).toMatchObject({ synced: "[00:01.00]x" });
  });

  it.each<[string, StandInLrclib["answer"], RegExp]>([
    ["too many questions", json({ message: "Too many" }, 429), /it answered 429 Too Many Requests/],
    ["a page of its host, as if all were well", (response) => response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><html>Just a moment...</html>"), /not what LRCLIB answers/],
    ["a page of a failure", (response) => response.writeHead(503, { "content-type": "text/html" }).end("<html>503</html>"), /it answered 503 Service Unavailable/],
    ["a list", json([]), /not what LRCLIB answers/],
  ])("is said to have failed, not to have no lyrics, when it answers with %s", async (_, answer, words) => {
    const lrclib = await standInLrclib(answer);
    await expect(ask(lrclib.url)).rejects.toThrow(words);
  });

  it("is left at once when another song is wanted", async () => {
    const giveUp = new AbortController();
    const lrclib = await standInLrclib(() => giveUp.abort());
    const options = { url: lrclib.url, timeoutMs: 60_000, userAgent: "x", signal: giveUp.signal };
    await expect(askLrclib(query, options)).rejects.toThrow(/cancelled: a newer song/);
  });
});
