import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { tempDir, waitFor } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { forgetDump, importDump } from "../src/dump/import-dump.ts";
import { openDatabase } from "../src/dump/open-database.ts";
import type { LyricsQuery } from "../src/song.ts";
import { choose } from "../src/sources/choose.ts";
import { DumpSource } from "../src/sources/dump.ts";

/** A dump as LRCLIB gives it, less the columns that we do not read. */
const schema = `CREATE TABLE tracks (id INTEGER PRIMARY KEY, name TEXT, name_lower TEXT, artist_name TEXT, album_name TEXT, duration FLOAT, last_lyrics_id INTEGER);
  CREATE TABLE lyrics (id INTEGER PRIMARY KEY, plain_lyrics TEXT, synced_lyrics TEXT, track_id INTEGER, instrumental BOOLEAN)`;

async function makeDump(dir: TempDir, songs: readonly (readonly [artist: string, title: string, duration: number, synced?: string])[], name = "dump.sqlite3"): Promise<string> {
  const file = dir.join(name);
  const database = await openDatabase(file, { readOnly: false });
  database.exec(schema);
  database.runEach("INSERT INTO tracks (id, artist_name, name, duration, last_lyrics_id, album_name) VALUES (?, ?, ?, ?, ?, 'Album')", songs.map(([artist, title, duration], index) => [index + 1, artist, title, duration, index + 1]));
  database.runEach("INSERT INTO lyrics (id, track_id, synced_lyrics, plain_lyrics, instrumental) VALUES (?, ?, ?, 'words', 0)", songs.map((song, index) => [index + 1, index + 1, song[3] ?? "[00:01.00]x"]));
  database.close();
  return file;
}

function temp(): TempDir {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  return dir;
}

const many = (count: number): [string, string, number][] => Array.from({ length: count }, (_, index) => [`Artist ${index % 100}`, `Song ${index}`, 100 + (index % 200)]);
const best = async (source: DumpSource, query: LyricsQuery): Promise<string | undefined> => choose(query, await source.find(query))?.id;

describe("a dump of LRCLIB", () => {
  it("is a source after its import, by cleaned names and duration", async () => {
    const dir = temp();
    const file = await makeDump(dir, [["The Aurora Sky feat. Bob", "Night Drive", 200, "[00:02.00]short"], ["Aurora Sky", "Night Drive (Extended Mix)", 390], ["Ann & Bob", "Duet", 100], ["Other", "Night Drive", 200]]);
    const source = new DumpSource(dir.join("data"));
    expect(await source.find({ artist: "Aurora Sky", title: "Night Drive" })).toEqual([]);
    const progress: number[] = [];
    expect(await importDump(dir.join("data"), file, { onProgress: (done) => progress.push(done) })).toEqual({ songs: 4, complete: true });
    expect(progress.at(-1)).toBe(1);
    expect(await best(source, { artist: "Aurora Sky", title: "Night Drive", duration: 201 })).toBe("dump:1");
    expect(await best(source, { artist: "AURORA SKY", title: "Night Drive (Extended Mix)", duration: 390 })).toBe("dump:2");
    expect(await best(source, { artist: "Bob, Ann", title: "Duet", duration: 0 })).toBe("dump:3");
    expect(await source.find({ artist: "Aurora Sky", title: "Day Drive" })).toEqual([]);
    expect(await source.find({ artist: "Aurora Sky", title: "Night Drive", duration: 200 })).toMatchObject([{ album: "Album", duration: 200, lyrics: { synced: "[00:02.00]short", plain: "words", instrumental: false } }, { id: "dump:2" }]);
    expect(source.problem).toBeNull();
    expect(readdirSync(dir.path).toSorted()).toEqual(["data", "dump.sqlite3"]);
  });

  it("is read though somebody else locks it, and says when it is away or another", async () => {
    const dir = temp();
    const file = await makeDump(dir, [["A", "T", 100]]);
    await importDump(dir.join("data"), file);
    mkdirSync(`${file}.lock`);
    const source = new DumpSource(dir.join("data"));
    expect(await best(source, { artist: "A", title: "T" })).toBe("dump:1");
    renameSync(file, `${file}.away`);
    expect([await source.find({ artist: "A", title: "T" }), source.problem]).toEqual([[], expect.stringMatching(/not there any more: .*dump.sqlite3; import it anew/)]);
    writeFileSync(file, "another");
    await source.find({ artist: "A", title: "T" });
    expect(source.problem).toMatch(/has changed/);
    expect([forgetDump(dir.join("data")), forgetDump(dir.join("data"))]).toEqual([true, false]);
    expect([await source.find({ artist: "A", title: "T" }), source.problem]).toEqual([[], null]);
  });

  it("goes on where its import was interrupted", async () => {
    const dir = temp();
    const file = await makeDump(dir, many(7000));
    const stop = new AbortController();
    expect(await importDump(dir.join("data"), file, { signal: stop.signal, onProgress: () => stop.abort() })).toEqual({ songs: 2000, complete: false });
    const seen: number[] = [];
    expect(await importDump(dir.join("data"), file, { onProgress: (_, songs) => seen.push(songs) })).toEqual({ songs: 7000, complete: true });
    expect(seen[0]).toBe(4000);
    expect(await best(new DumpSource(dir.join("data")), { artist: "Artist 99", title: "Song 6999", duration: 299 })).toBe("dump:7000");
  });

  it("goes on after a kill -9, and is imported once at a time", async () => {
    const dir = temp();
    const file = await makeDump(dir, many(20_000));
    const script = `import { importDump } from "@vj/lyrics-fetcher"; await importDump(process.argv[1], process.argv[2], { onProgress: (done, songs) => process.stdout.write(songs + "\\n") });`;
    const child = spawn(process.execPath, ["--conditions=@vj/none", "--input-type=module", "-e", script, dir.join("data"), file], { cwd: import.meta.dirname, stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    await waitFor("the first songs", () => printed.includes("2000"));
    await expect(importDump(dir.join("data"), file)).rejects.toMatchObject({ name: "DumpError", code: "busy", message: expect.stringContaining(`another import runs (pid ${child.pid})`) });
    child.kill("SIGKILL");
    await new Promise((resolve) => child.on("close", resolve));
    const seen: number[] = [];
    expect(await importDump(dir.join("data"), file, { onProgress: (_, songs) => seen.push(songs) })).toEqual({ songs: 20_000, complete: true });
    expect(seen[0]).toBeGreaterThan(2000);
    // What the killed one left is gone, and this one left nothing.
    expect(readdirSync(tmpdir()).filter((name) => [child.pid, process.pid].some((pid) => name.startsWith(`vj-db-${pid}-`)))).toEqual([]);
    expect(await best(new DumpSource(dir.join("data")), { artist: "Artist 0", title: "Song 0", duration: 100 })).toBe("dump:1");
  });

  it("begins anew for another dump", async () => {
    const dir = temp();
    const stop = new AbortController();
    await importDump(dir.join("data"), await makeDump(dir, many(3000)), { signal: stop.signal, onProgress: () => stop.abort() });
    expect(await importDump(dir.join("data"), await makeDump(dir, [["A", "T", 1]], "b.sqlite3"))).toEqual({ songs: 1, complete: true });
    writeFileSync(dir.join("data/lyrics-dump/index.part"), "rubbish");
    expect(await importDump(dir.join("data"), await makeDump(dir, [["B", "T", 1]], "c.sqlite3"))).toEqual({ songs: 1, complete: true });
  });

  it.each<[string, (dir: TempDir) => Promise<string> | string, RegExp]>([
    ["nothing", (dir) => dir.join("none"), /none is not there/],
    ["a folder", (dir) => dir.path, /is not a file/],
    ["another file", (dir) => written(dir, "hello"), /not an SQLite database/],
    ["an empty file", (dir) => written(dir, ""), /not an SQLite database/],
    ["a packed dump", (dir) => written(dir, Buffer.from([0x1f, 0x8b, 8, 0])), /unpack it first: gunzip/],
    ["a cut dump", async (dir) => written(dir, await headOf(await makeDump(dir, many(300)))), /cannot be read as a dump|malformed/],
    ["another database", (dir) => withSchema(dir, "CREATE TABLE people (id INTEGER)"), /it has no table tracks/],
    ["a view in place of a table", (dir) => withSchema(dir, "CREATE VIEW tracks AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT * FROM n"), /it has no table tracks/],
    ["numbered without end", (dir) => withSchema(dir, `${schema}; INSERT INTO tracks (id, name, artist_name, last_lyrics_id) VALUES (9007199254740993, 'a', 'b', 1)`), /not numbered as LRCLIB|too large|out of range|BigInt/i],
    ["a table of others", (dir) => withSchema(dir, "CREATE TABLE tracks (id INTEGER, name TEXT)"), /its table tracks has no artist_name, album_name/],
  ])("is refused with the reason when it is %s", async (_, make, reason) => {
    const dir = temp();
    await expect(importDump(dir.join("data"), await make(dir))).rejects.toThrow(reason);
    expect(existsSync(dir.join("data/lyrics-dump/import.pid"))).toBe(false);
  });

  it("is refused with a code", async () => {
    const dir = temp();
    for (const file of [dir.join("none"), written(dir, "hello"), await withSchema(dir, "CREATE TABLE people (id INTEGER)")]) {
      await expect(importDump(dir.join("data"), file)).rejects.toMatchObject({ name: "DumpError", code: "unreadable" });
    }
  });
});

function written(dir: TempDir, content: string | Buffer): string {
  writeFileSync(dir.join("file"), content);
  return dir.join("file");
}

async function headOf(file: string): Promise<Buffer> {
  const { readFileSync } = await import("node:fs");
  return readFileSync(file).subarray(0, 6000);
}

async function withSchema(dir: TempDir, sql: string): Promise<string> {
  const database = await openDatabase(dir.join("other.sqlite3"), { readOnly: false });
  database.exec(sql);
  database.close();
  return dir.join("other.sqlite3");
}
