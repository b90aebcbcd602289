import { gzipSync } from "node:zlib";
import { tempDir } from "@vj/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { parseLyrics } from "../src/parse-lyrics.ts";
import { newSong } from "../src/song.ts";
import type { FoundLyrics } from "../src/song.ts";
import { SongStore } from "../src/song-store.ts";
import { lrclib } from "../src/sources/lrclib.ts";
import { LyricsService } from "../src/sources/lyrics-service.ts";
import { fetchLyrics } from "../src/steps/fetch-lyrics.ts";
import { byPath, json, record, standInLrclib } from "./helpers/stand-in-lrclib.ts";
import type { StandInLrclib } from "./helpers/stand-in-lrclib.ts";

type Answer = StandInLrclib["answer"];
const lrc = "[00:16.74]I saw you\n[00:18.00]at the edge";
const track = { artist: "Artist", title: "Song (Club Mix)", album: "Album", duration: 200 };
const missing = json({ message: "Failed to find specified track", name: "TrackNotFound", statusCode: 404 }, 404);
const get = (answer: Answer): Answer => byPath({ "/api/get": (response) => answer(response, new URL("http://x/")), "/api/search": json([]) });
const searched = (...records: unknown[]): Answer => byPath({ "/api/get": missing, "/api/search": json(records) });
const page = (status: number, text: string, headers: Record<string, string> = {}): Answer => (response) => response.writeHead(status, { "content-type": "text/html", ...headers }).end(text);

/** The result of an answer: lines with times, text, an instrumental, none, or why it is not an answer. @returns with how many songs are stored */
async function outcome(answer: Answer, timeoutMs = 5000): Promise<[what: string, stored: number]> {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  const stand = await standInLrclib(answer);
  const store = new SongStore(dir.path);
  const sources = [lrclib(new LyricsService("lrclib", () => ({ url: stand.url, timeoutMs, userAgent: "x" })))];
  const step = fetchLyrics({ own: [], sources, store, onProblem: () => {} });
  const what = await step.run(newSong(track), new AbortController().signal).then((song) => kindOf(song?.lyrics), String);
  return [what, store.count];
}

function kindOf(lyrics: FoundLyrics | null | undefined): string {
  if (lyrics === null || lyrics === undefined) return "none";
  if (lyrics.instrumental) return "instrumental";
  return parseLyrics(lyrics.synced ?? lyrics.plain ?? "").length > 0 ? "timed" : "text";
}

it.each<[string, Answer, string | RegExp]>([
  ["a song", get(json(record({ syncedLyrics: lrc, plainLyrics: "I saw you" }))), "timed"],
  ["a song with a field that came later", get(json(record({ syncedLyrics: lrc, lyricsfile: 'version: "1.0"\nlines: []' }))), "timed"],
  ["a newer field alone", get(json(record({ lyricsfile: "metadata: {}\nlines: [{text: a, start_ms: 5}]" }))), "timed"],
  ["a newer field that cannot be read", get(json(record({ plainLyrics: "a", lyricsfile: "[[[" }))), "text"],
  ["a newer field of another kind", get(json(record({ plainLyrics: "a", lyricsfile: { lines: [] } }))), "text"],
  ["a newer field without words beside stamps", get(json(record({ syncedLyrics: lrc, lyricsfile: "lines: [{text: a, start_ms: 5}]" }))), "timed"],
  ["a song without most fields", get(json({ syncedLyrics: lrc })), "timed"],
  ["a song with nulls", get(json({ id: null, trackName: null, artistName: null, albumName: null, duration: null, instrumental: null, plainLyrics: null, syncedLyrics: lrc })), "timed"],
  ["names of a megabyte of blanks", searched(record({ syncedLyrics: lrc, artistName: `Artist${" ".repeat(500_000)}!`, trackName: `Song${" ".repeat(500_000)}!` })), "timed"],
  ["lines of another system", get(json(record({ syncedLyrics: lrc.replaceAll("\n", "\r\n") }))), "timed"],
  ["a byte order mark", get((response) => response.end(`\uFEFF${JSON.stringify(record({ syncedLyrics: lrc }))}`)), "timed"],
  ["a packed body", get((response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(JSON.stringify(record({ syncedLyrics: lrc }))))), "timed"],
  ["a body in parts", get((response) => { response.write('{"syncedLyrics":'); setImmediate(() => response.end(`${JSON.stringify(lrc)}}`)); }), "timed"],
  ["another address", byPath({ "/api/get": page(301, "", { location: "/moved" }), "/moved": json(record({ syncedLyrics: lrc })) }), "timed"],
  ["text alone", get(json(record({ plainLyrics: "a\nb" }))), "text"],
  ["empty time stamps", get(json(record({ syncedLyrics: "", plainLyrics: "a\nb" }))), "text"],
  ["time stamps in the text", get(json(record({ plainLyrics: "[00:01.00] Hello\n[00:02.00] again" }))), "timed"],
  ["an instrumental", get(json(record({ instrumental: true }))), "instrumental"],
  ["a record without lyrics", get(json(record())), "none"],
  ["a search for records without lyrics", searched(record()), "none"],
  ["an object of somebody else", json({ ok: true }), /not what LRCLIB answers/],
  ["no song", byPath({}), "none"],
  ["no song, as it said so before", byPath({ "/api/get": json({ code: 404, name: "TrackNotFound", message: "Failed to find specified track" }, 404), "/api/search": json([]) }), "none"],
  ["no song and no search", byPath({ "/api/get": missing, "/api/search": missing }), "none"],
  ["a search that finds it", searched(record({ id: 1, duration: 400, syncedLyrics: lrc }), record({ id: 2, duration: 201.4, syncedLyrics: lrc })), "timed"],
  ["a search that finds other versions", searched(record({ duration: 400, syncedLyrics: lrc })), "none"],
  ["a search that finds other songs", searched(record({ trackName: "Another", syncedLyrics: lrc }), record({ artistName: "Nobody", syncedLyrics: lrc })), "none"],
  ["a search with records of other forms", searched(null, 7, "x", [], { id: {} }, record({ duration: 0, syncedLyrics: lrc })), "timed"],
  ["a search that finds an instrumental", searched(record({ instrumental: true })), "instrumental"],
  ["a search that fails", byPath({ "/api/get": missing, "/api/search": json({}, 500) }), /it answered 500/],
  ["a search of another form", byPath({ "/api/get": missing, "/api/search": json({ results: [] }) }), /not what LRCLIB answers/],
  ["too many questions", json({ message: "Too many" }, 429), /429 Too Many Requests/],
  ["a page of its host", page(200, "<!DOCTYPE html><html>Just a moment...</html>"), /not what LRCLIB answers; check lrclib_url/],
  ["a page of a failure", page(503, "<html>503</html>"), /503 Service Unavailable/],
  ["a gateway that is late", json({}, 504), /504 Gateway Timeout/],
  ["a fault of its own", json({ message: "Internal server error", name: "UnexpectedError", statusCode: 500 }, 500), /500/],
  ["nothing", page(200, ""), /not what LRCLIB answers/],
  ["null", json(null), /not what LRCLIB answers/],
  ["a list", json([]), /not what LRCLIB answers/],
  ["a half body", get((response) => { response.writeHead(200, { "content-length": "100" }).write('{"synced'); setImmediate(() => response.destroy()); }), /cannot get lyrics/],
  ["a circle of addresses", page(302, "", { location: "/api/get" }), /cannot get lyrics/],
  ["far too much", get((response) => response.end("x".repeat(5_000_000))), /longer than/],
])("LRCLIB may answer with %s", async (_, answer, expected) => {
  const [what, stored] = await outcome(answer);
  expect(what).toMatch(expected);
  // A failure is never remembered, an answer always.
  expect(stored).toBe(typeof expected === "string" ? 1 : 0);
});

it("LRCLIB may not answer in time", async () => {
  expect(await outcome(() => {}, 50)).toEqual([expect.stringContaining("no answer within 0.05 s"), 0]);
});
