import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { connect } from "@vj/control";
import { meaningStore, songStore } from "@vj/lyrics-fetcher";
import { categories } from "@vj/schema";
import { spawnNode, waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { songOfWords } from "../src/lyrics/song-words.ts";
import { VjRig } from "./vj-rig.ts";

const song = { artist: "Aurora Sky", title: "Night Drive" };
const categoryScores = Object.fromEntries(categories.map((name) => [name, 0])) as Record<(typeof categories)[number], number>;
const lyrics = { synced: "[00:01.00]Round the \u001b[2Jcity\n[01:02.50]Home", plain: null, instrumental: false };

describe("the song of a command line", () => {
  it.each([
    [["Aurora Sky", "Night Drive"], song],
    [["Aurora Sky - Night Drive"], song],
    [["A - B - C"], { artist: "A", title: "B - C" }],
    [["title=Night Drive", "artist=Aurora Sky"], song],
    [["artist=a", "b"], { artist: "artist=a", title: "b" }],
    [[], undefined],
  ])("%j", (words, expected) => {
    expect(songOfWords(words)).toEqual(expected);
  });

  it.each([[["Night Drive"]], [["a", "b", "c"]], [["a", ""]], [[" - "]]])("is not %j", (words) => {
    expect(() => songOfWords(words)).toThrow(/does not name a song/);
  });
});

describe("vj lyrics without a rig", () => {
  it("lists, shows and forgets what is kept", async () => {
    await using rig = new VjRig();
    mkdirSync(rig.dir.join("data"), { mode: 0o700 });
    expect(await rig.run("lyrics", "list")).toMatchObject({ code: 0, stdout: expect.stringContaining("no lyrics are kept yet") });
    const store = songStore(rig.dir.join("data"));
    await store.put({ ...song, fetched_at: Date.UTC(2026, 0, 2), lyrics, source: "lrclib", id: "lrclib:1", picked: true });
    await store.put({ ...song, title: "None", fetched_at: 0, lyrics: null, source: "", id: "", picked: false });
    expect((await rig.run("lyrics", "list")).stdout).toMatch(/Aurora Sky +Night Drive +2 lines, timed by lines +lrclib +2026-01-02 +picked\nAurora Sky +None +none/);
    expect(JSON.parse((await rig.run("lyrics", "list", "--json")).stdout)).toMatchObject([{ title: "Night Drive", timing: "lines", picked: true }, { title: "None", found: false }]);
    expect((await rig.run("lyrics", "show", "Aurora Sky - Night Drive")).stdout).toBe("Aurora Sky - Night Drive  (from lrclib, timed by lines, picked by you)\n  0:01.0  Round the city\n  1:02.5  Home\n");
    expect(await rig.run("lyrics", "show")).toMatchObject({ code: 1, stderr: expect.stringContaining("vj start lyrics_fetcher") });
    expect(await rig.run("lyrics", "show", "A", "B")).toMatchObject({ code: 1, stderr: expect.stringContaining("nothing is known of A - B") });
    expect(await rig.run("lyrics", "clear")).toMatchObject({ code: 64 });
    expect(await rig.run("lyrics", "clear", "Aurora Sky", "None")).toMatchObject({ code: 0, stdout: "forgotten: Aurora Sky - None (lyrics)\n" });
    expect(await rig.run("lyrics", "clear", "Aurora Sky", "None")).toMatchObject({ code: 1 });
    expect(await rig.run("lyrics", "clear", "--all")).toMatchObject({ code: 0, stdout: "forgotten: the lyrics of 1 song, and 0 moods by a language model; your own files stay\n" });
  });

  it("forgets moods too, and says which lyrics are an own file", async () => {
    await using rig = new VjRig();
    mkdirSync(rig.dir.join("own"));
    mkdirSync(rig.dir.join("data"), { mode: 0o700 });
    writeFileSync(rig.dir.join("own/Aurora Sky - Night Drive.lrc"), "[00:01.00]mine");
    writeFileSync(rig.dir.join("config/lyrics_fetcher.json"), JSON.stringify({ lyrics_dir: rig.dir.join("own") }), { mode: 0o600 });
    const moods = meaningStore(rig.dir.join("data"));
    const meaning = { mood: "calm", energy: 0, valence: 0, categories: categoryScores, themes: [], adjectives: [], keywords: [], refrainLines: [], imagePrompt: "", source: "model" } as const;
    for (const title of ["Night Drive", "One", "Two"]) await moods.put({ artist: "Aurora Sky", title, lines: [{ text: title }] }, "m", meaning);
    const long = "x".repeat(300);
    await songStore(rig.dir.join("data")).put({ artist: `A\u001b[2J\n${long}`, title: long, fetched_at: 0, lyrics, source: "lrclib", id: "1", picked: false });
    for (const line of (await rig.run("lyrics", "list")).stdout.split("\n")) expect(line.length).toBeLessThan(200);
    expect(await rig.run("lyrics", "clear", "Aurora Sky", "one")).toMatchObject({ code: 0, stdout: "forgotten: Aurora Sky - one (mood)\n" });
    const file = rig.dir.join("own/Aurora Sky - Night Drive.lrc");
    expect(await rig.run("lyrics", "clear", "Aurora Sky", "Night Drive")).toMatchObject({ code: 0, stdout: expect.stringContaining(`your own file ${file}, which stays`) });
    expect(await rig.run("lyrics", "clear", "Aurora Sky", "Night Drive")).toMatchObject({ code: 1, stderr: expect.stringContaining(file) });
    expect((await rig.run("lyrics", "clear", "--all")).stdout).toContain("the lyrics of 1 song, and 1 mood by");
    expect(readdirSync(rig.dir.join("data/meaning"))).toEqual([]);
  });

  it("says what is wrong with a dump", async () => {
    await using rig = new VjRig();
    writeFileSync(rig.dir.join("x.sqlite3"), "hello");
    expect(await rig.run("lyrics", "import", rig.dir.join("x.sqlite3"))).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("not an SQLite database") });
    expect(await rig.run("lyrics", "import")).toMatchObject({ code: 64 });
    expect(await rig.run("lyrics", "import", "--forget")).toMatchObject({ code: 0, stdout: "no dump was in use\n" });
    expect(readdirSync(rig.dir.path)).not.toContain("x.sqlite3.lock");
  });
});

/** LRCLIB with two versions of the song. */
async function standInLrclib(): Promise<string> {
  const record = (id: number, duration: number, text: string): Record<string, unknown> => ({ id, trackName: song.title, artistName: song.artist, albumName: "Album", duration, instrumental: false, plainLyrics: null, syncedLyrics: `[00:01.00]${text}` });
  const server = createServer((request, response) => {
    const search = request.url?.startsWith("/api/search") === true;
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(search ? [record(1, 200, "one"), record(2, 390, "two")] : record(1, 200, "one")));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

describe("vj lyrics with the worker", () => {
  it("shows the song that is shown, picks another version of it, and takes the best again", async () => {
    await using rig = new VjRig();
    writeFileSync(rig.dir.join("config/lyrics_fetcher.json"), JSON.stringify({ lrclib_url: await standInLrclib(), llm_enabled: false }), { mode: 0o600 });
    const program = path.join(path.dirname(createRequire(import.meta.url).resolve("@vj/lyrics-fetcher/package.json")), "bin/lyrics-fetcher.js");
    await using _ = spawnNode([program], rig.env);
    const worker = await waitFor("the worker", () => connect("lyrics_fetcher", { busDir: rig.dir.join("bus"), reconnect: false }).catch(() => undefined));
    onTestFinished(() => worker.close());
    expect(await rig.run("lyrics", "show")).toMatchObject({ code: 1, stderr: expect.stringContaining("no song is shown") });
    await worker.request("fetch_lyrics", song, { timeoutMs: 15_000 });
    expect((await rig.run("lyrics", "show")).stdout).toMatch(/from lrclib, timed by lines\)\n +0:01\.0 {2}one\n/);
    expect((await rig.run("lyrics", "pick")).stdout).toMatch(/1 +lines +3:20 +Aurora Sky - Night Drive +Album +lrclib:1\n2 +lines +6:30 .* lrclib:2\n/);
    expect(await rig.run("lyrics", "pick", "2")).toMatchObject({ code: 0, stdout: "Picked lrclib:2\n" });
    await waitFor("the other version", async () => (await rig.run("lyrics", "show")).stdout.includes("two"));
    expect((await rig.run("lyrics", "show")).stdout).toContain("picked by you");
    expect(await rig.run("lyrics", "pick", "9")).toMatchObject({ code: 64, stderr: expect.stringContaining("2 were found") });
    expect(await rig.run("lyrics", "pick", "lrclib:9")).toMatchObject({ code: 1, stderr: expect.stringContaining("no source has lrclib:9") });
    expect(await rig.run("lyrics", "pick", "auto", "--song", "Aurora Sky - Night Drive")).toMatchObject({ code: 0 });
    await waitFor("the best version", async () => (await rig.run("lyrics", "show")).stdout.includes("one"));
    expect((await rig.run("lyrics", "offset")).stdout).toBe("offset 0 ms (all songs)\n");
    expect(await rig.run("lyrics", "nudge", "-50")).toMatchObject({ code: 0, stdout: "offset -50 ms for this song\n" });
    expect(await rig.run("lyrics", "offset", "120", "--all", "--json")).toMatchObject({ code: 0, stdout: '{"ms":-50,"scope":"song"}\n' });
    expect((await rig.run("lyrics", "reset")).stdout).toBe("done: this song now has the offset of all songs, +120 ms\n");
    expect(await rig.run("lyrics", "nudge", "soon")).toMatchObject({ code: 64, stderr: expect.stringContaining("whole number of milliseconds") });
    expect(await rig.run("lyrics", "nudge", "999999")).toMatchObject({ code: 64, stderr: expect.stringContaining("999999 ms is too much: an offset is from -60000 to 60000 ms") });
    await worker.close();
  });

  it("lists and shows own files too, with it and without it", async () => {
    await using rig = new VjRig();
    mkdirSync(rig.dir.join("own"));
    writeFileSync(rig.dir.join("own/Aurora Sky - Night Drive.lrc"), "[00:01.00]mine");
    writeFileSync(rig.dir.join("config/lyrics_fetcher.json"), JSON.stringify({ lyrics_dir: rig.dir.join("own"), lrclib_url: "http://127.0.0.1:9", llm_enabled: false }), { mode: 0o600 });
    const program = path.join(path.dirname(createRequire(import.meta.url).resolve("@vj/lyrics-fetcher/package.json")), "bin/lyrics-fetcher.js");
    const process = spawnNode([program], rig.env);
    const worker = await waitFor("the worker", () => connect("lyrics_fetcher", { busDir: rig.dir.join("bus"), reconnect: false }).catch(() => undefined));
    await songStore(rig.dir.join("data")).put({ ...song, fetched_at: Date.now(), lyrics: null, source: "", id: "", picked: false });
    const [listed, shown] = [/^ARTIST.*\nAurora Sky +Night Drive +1 lines, timed by lines +folder:Aurora Sky - Night Drive.lrc [^\n]*\n$/, /from folder, timed by lines\)\n +0:01\.0 {2}mine\n/];
    expect((await rig.run("lyrics", "list")).stdout).toMatch(listed);
    expect((await rig.run("lyrics", "show", "Aurora Sky", "Night Drive")).stdout).toMatch(shown);
    expect(await rig.run("lyrics", "nudge", "50")).toMatchObject({ code: 1, stderr: expect.stringContaining("--all") });
    await worker.close();
    await process[Symbol.asyncDispose]();
    expect((await rig.run("lyrics", "list")).stdout).toMatch(listed);
    expect((await rig.run("lyrics", "show", "Aurora Sky", "Night Drive")).stdout).toMatch(shown);
  });
});
