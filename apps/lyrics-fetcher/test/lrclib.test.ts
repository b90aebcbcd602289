import { describe, expect, it } from "vitest";
import { lrclib } from "../src/sources/lrclib.ts";
import { LyricsService } from "../src/sources/lyrics-service.ts";
import type { Asking, Candidate } from "../src/sources/lyrics-source.ts";
import { unison } from "../src/sources/unison.ts";
import type { LyricsQuery } from "../src/song.ts";
import { byPath, json, record, standInLrclib } from "./helpers/stand-in-lrclib.ts";
import type { StandInLrclib } from "./helpers/stand-in-lrclib.ts";

const query: LyricsQuery = { artist: "Björk & Co", title: "Jóga?" };
const never = new AbortController().signal;
const service = (url: string, timeoutMs = 10_000): LyricsService => new LyricsService("lrclib", () => ({ url, timeoutMs, userAgent: "vj-bus/test" }));
const find = (url: string, more: Partial<LyricsQuery> = {}, asking: Partial<Asking> = {}, timeoutMs = 10_000): Promise<readonly Candidate[]> =>
  lrclib(service(url, timeoutMs)).find({ ...query, ...more }, { signal: never, byHand: false, all: false, ...asking });

const notFound = json({ message: "Failed to find specified track", name: "TrackNotFound", statusCode: 404 }, 404);

describe("LRCLIB", () => {
  it("is asked for the very song, by album and whole seconds where they are known", async () => {
    const stand = await standInLrclib(json(record({ syncedLyrics: "[00:01.00]x" })));
    expect(await find(stand.url)).toMatchObject([{ id: "lrclib:1", source: "lrclib", exact: true, lyrics: { synced: "[00:01.00]x", instrumental: false } }]);
    await find(`${stand.url}/`, { album: "Homogenic", duration: 305.4 });
    await find(stand.url, { album: "", duration: 0 });
    const parameters = stand.requests.map((request) => Object.fromEntries(new URL(request, stand.url).searchParams));
    const plain = { artist_name: "Björk & Co", track_name: "Jóga?" };
    expect(parameters).toEqual([plain, { ...plain, album_name: "Homogenic", duration: "305" }, plain]);
    expect(stand.requests.every((request) => request.startsWith("/api/get?"))).toBe(true);
    expect(stand.headers[0]?.["user-agent"]).toBe("vj-bus/test");
  });

  it.each([
    ["a remix and a guest", { artist: "Aurora Sky feat. Someone", title: "Night Drive (Extended Mix) [feat. Nobody]" }, { artist_name: "Aurora Sky", track_name: "Night Drive" }],
    ["several artists", { artist: "Ann, Bob", title: "Duet - Radio Edit" }, { artist_name: "Ann", track_name: "Duet" }],
    ["a bracket that belongs to the title", { artist: "A", title: "(I Can't) Wait" }, { artist_name: "A", track_name: "(I Can't) Wait" }],
  ])("is searched by cleaned names where it has none: %s", async (_, song, expected) => {
    const stand = await standInLrclib(byPath({ "/api/get": notFound, "/api/search": json([record({ id: 7, syncedLyrics: "[00:01.00]x" }), { broken: 1, syncedLyrics: 7 }]) }));
    expect(await find(stand.url, song)).toMatchObject([{ id: "lrclib:7", exact: false }]);
    expect(Object.fromEntries(new URL(stand.requests[1] ?? "", stand.url).searchParams)).toEqual(expected);
  });

  it("is searched for time stamps where the song has none, and for all versions where a person chooses", async () => {
    const stand = await standInLrclib(byPath({ "/api/get": json(record({ plainLyrics: "words" })), "/api/search": json([record({ id: 1 }), record({ id: 2, syncedLyrics: "[00:01.00]x" })]) }));
    expect((await find(stand.url)).map(({ id }) => id)).toEqual(["lrclib:1", "lrclib:2"]);
    stand.answer = byPath({ "/api/get": json(record({ syncedLyrics: "[00:01.00]x" })), "/api/search": json([record({ id: 2, plainLyrics: "x" })]) });
    expect((await find(stand.url, {}, { all: true })).map(({ id }) => id)).toEqual(["lrclib:1", "lrclib:2"]);
    stand.answer = byPath({ "/api/get": json(record({ plainLyrics: "words" })), "/api/search": json({}, 500) });
    expect(await find(stand.url)).toMatchObject([{ lyrics: { plain: "words" } }]);
  });

  it("may fail in every way, which is said", async () => {
    const stand = await standInLrclib(json({}, 504));
    await expect(find(stand.url)).rejects.toThrow(/cannot get lyrics from http.*: it answered 504 Gateway Timeout/);
    stand.answer = (response) => response.end("<html>log in to the hotel's network</html>");
    await expect(find(stand.url)).rejects.toThrow(/not what LRCLIB answers; check lrclib_url/);
    stand.answer = json(null);
    await expect(find(stand.url)).rejects.toThrow(/not what LRCLIB answers/);
    stand.answer = json({ syncedLyrics: 7 });
    await expect(find(stand.url)).rejects.toThrow(/not what LRCLIB answers/);
    stand.answer = (response) => response.end("x".repeat(5_000_000));
    await expect(find(stand.url)).rejects.toThrow(/longer than/);
    stand.answer = (response) => response.destroy();
    await expect(find(stand.url)).rejects.toThrow(/cannot get lyrics/);
    stand.answer = () => {};
    await expect(find(stand.url, {}, {}, 50)).rejects.toThrow(/no answer within 0.05 s/);
    await expect(find("http://127.0.0.1:1")).rejects.toThrow(/ECONNREFUSED|bad port/);
  });

  it("is left alone as long as it wants, unless a person asks", async () => {
    const stand = await standInLrclib((response) => response.writeHead(429, { "retry-after": "7" }).end("{}"));
    const source = lrclib(service(stand.url));
    const asking = { signal: never, byHand: false, all: false };
    await expect(source.find(query, asking)).rejects.toMatchObject({ retryMs: 7000, message: expect.stringContaining("429") });
    await expect(source.find(query, asking)).rejects.toThrow(/asked for a pause; 7 s are left/);
    expect(stand.requests).toHaveLength(1);
    stand.answer = json(record({ syncedLyrics: "[00:01.00]x" }));
    expect(await source.find(query, { ...asking, byHand: true })).toHaveLength(1);
  });

  it.each<[string, StandInLrclib["answer"]]>([
    ["a byte order mark", (response) => response.end(`\uFEFF${JSON.stringify({ syncedLyrics: "[00:01.00]x" })}`)],
    ["a field that came later", json({ id: 36, syncedLyrics: "[00:01.00]x", lyricsfile: 'version: "1.0"', duration: 227 })],
    ["another address, where the lyrics are", (response, { pathname }) =>
      pathname === "/moved" ? json({ syncedLyrics: "[00:01.00]x" })(response) : response.writeHead(301, { location: "/moved" }).end()],
  ])("may answer with %s", async (_, answer) => {
    const stand = await standInLrclib(answer);
    expect(await find(stand.url)).toMatchObject([{ lyrics: { synced: "[00:01.00]x" } }]);
  });

  it.each<[string, StandInLrclib["answer"], RegExp]>([
    ["too many questions", json({ message: "Too many" }, 429), /it answered 429 Too Many Requests/],
    ["a page of its host, as if all were well", (response) => response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><html>Just a moment...</html>"), /not what LRCLIB answers/],
    ["a page of a failure", (response) => response.writeHead(503, { "content-type": "text/html" }).end("<html>503</html>"), /it answered 503 Service Unavailable/],
    ["a list", json([]), /not what LRCLIB answers/],
  ])("is said to have failed, not to have no lyrics, when it answers with %s", async (_, answer, words) => {
    const stand = await standInLrclib(answer);
    await expect(find(stand.url)).rejects.toThrow(words);
  });

  it("is left at once when another song is wanted", async () => {
    const giveUp = new AbortController();
    const stand = await standInLrclib(() => giveUp.abort());
    await expect(find(stand.url, {}, { signal: giveUp.signal }, 60_000)).rejects.toThrow(/cancelled: a newer song/);
  });
});

describe("Unison", () => {
  it("is not asked without an address, answers in its own form, and may fail", async () => {
    const source = (url: string) => unison(service(url));
    const asking = { signal: never, byHand: false, all: false };
    expect(await source("").find(query, asking)).toEqual([]);
    const stand = await standInLrclib(json({ success: true, data: { id: 3, song: "Jóga", artist: "Björk", lyrics: "[00:01.00]x", format: "lrc", duration: 305 } }));
    expect(await source(stand.url).find({ ...query, duration: 305.2 }, asking)).toMatchObject([{ title: "Jóga", duration: 305, exact: false, lyrics: { synced: "[00:01.00]x" } }]);
    expect(stand.requests[0]).toBe("/lyrics?song=J%C3%B3ga%3F&artist=Bj%C3%B6rk+%26+Co&duration=305");
    stand.answer = json({ success: true, data: { song: "Jóga", artist: "Björk", lyrics: "x", format: "plain" } });
    expect(await source(stand.url).find(query, asking)).toMatchObject([{ lyrics: { synced: null, plain: "x" } }]);
    stand.answer = notFound;
    expect(await source(stand.url).find(query, asking)).toEqual([]);
    stand.answer = json([]);
    await expect(source(stand.url).find(query, asking)).rejects.toThrow(/check unison_url/);
  });
});
