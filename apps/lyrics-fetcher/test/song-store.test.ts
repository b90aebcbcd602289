import { readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tempDir } from "@vj/test-kit";
import { isFresh, SongStore } from "../src/song-store.ts";
import type { StoredSong } from "../src/song-store.ts";
import { StoreFolder } from "../src/store-folder.ts";

const found = { synced: "[00:01.00]x", plain: null, instrumental: false };
const song: StoredSong = { artist: "AC/DC", title: "../../T.N.T.", fetched_at: 0, lyrics: found, source: "lrclib", id: "lrclib:1", picked: false };
const hour = 3_600_000;

describe("the store of songs", () => {
  it("keeps songs over restarts, by names of any spelling", async () => {
    await using dir = tempDir();
    const store = new SongStore(dir.join("lyrics"));
    expect([store.get(song), store.count, store.list()]).toEqual([undefined, 0, []]);
    await store.put(song);
    await store.put({ ...song, artist: "A", title: "None", lyrics: null });
    const again = new SongStore(dir.join("lyrics"));
    expect([again.count, again.list().map(({ title }) => title)]).toEqual([2, ["None", "../../T.N.T."]]);
    expect(again.get({ artist: "ac/dc", title: "../../T.N.T." })).toEqual(song);
    expect(readdirSync(dir.path)).toEqual(["lyrics"]);
  });

  it("believes for a day that there are none, for a week that none have times, for a month in what it has, and for ever in what was picked", () => {
    const plain = { ...song, lyrics: { synced: null, plain: "x", instrumental: false } };
    const fresh = (stored: StoredSong, hours: number): boolean => isFresh(stored, hours * hour);
    expect([fresh({ ...song, lyrics: null }, 23), fresh({ ...song, lyrics: null }, 25)]).toEqual([true, false]);
    expect([fresh(plain, 7 * 24), fresh(plain, 7 * 24 + 1)]).toEqual([true, false]);
    expect([fresh(song, 30 * 24), fresh(song, 30 * 24 + 1)]).toEqual([true, false]);
    expect(fresh({ ...song, picked: true }, 1e6)).toBe(true);
    // A clock that was set back.
    expect(fresh({ ...song, fetched_at: 100 * 24 * hour }, 0)).toBe(false);
  });

  it("removes one song, and all", async () => {
    await using dir = tempDir();
    const store = new SongStore(dir.path);
    await store.put(song);
    await store.put({ ...song, title: "Other" });
    writeFileSync(dir.join("notes.json"), "{}");
    expect([store.remove(song), store.remove(song), store.count]).toEqual([true, false, 1]);
    expect([store.clear(), store.count, readdirSync(dir.path)]).toEqual([1, 0, ["notes.json"]]);
  });

  it("keeps names apart that consist of signs only", async () => {
    await using dir = tempDir();
    const store = new SongStore(dir.path);
    await store.put({ ...song, artist: "!!!", title: "?" });
    expect(store.get({ artist: "???", title: "!" })).toBeUndefined();
    expect(store.get({ artist: "!!!", title: "?" })?.lyrics).toEqual(found);
  });

  it("asks again for what was damaged", async () => {
    await using dir = tempDir();
    const store = new SongStore(dir.path);
    await store.put(song);
    const [name = ""] = readdirSync(dir.path);
    writeFileSync(dir.join(name), readFileSync(dir.join(name), "utf8").slice(0, 30));
    expect([store.get(song), store.list()]).toEqual([undefined, []]);
    await store.put({ ...song, lyrics: null });
    expect([store.get(song)?.lyrics, store.count]).toEqual([null, 1]);
  });

  it("reads entries from before there was a version, and none of a later one", async () => {
    await using dir = tempDir();
    const store = new SongStore(dir.path);
    await store.put(song);
    const [name = ""] = readdirSync(dir.path);
    const entry: unknown = JSON.parse(readFileSync(dir.join(name), "utf8"));
    expect(entry).toMatchObject({ version: 1 });
    const { artist, title, fetched_at, lyrics } = song;
    writeFileSync(dir.join(name), JSON.stringify({ artist, title, fetched_at, lyrics }));
    expect(store.get(song)).toMatchObject({ lyrics: found, picked: false });
    writeFileSync(dir.join(name), JSON.stringify({ ...Object(entry), version: 2 }));
    expect(store.get(song)).toBeUndefined();
  });
});

describe("the folder of the store", () => {
  const file = (index: number): string => `${String(index).padStart(32, "0")}.json`;

  it("stays small: the oldest go, those that should stay last, never the new one", async () => {
    await using dir = tempDir();
    const folder = new StoreFolder(dir.path, { files: 10, bytes: 1e6 });
    for (let index = 0; index < 10; index += 1) {
      writeFileSync(dir.join(file(index)), "x");
      utimesSync(dir.join(file(index)), index, index);
    }
    writeFileSync(dir.join(file(10)), "x");
    folder.makeRoom({ name: file(10), bytes: 1 }, (name) => name !== file(0));
    expect(folder.names().toSorted()).toEqual([0, 3, 4, 5, 6, 7, 8, 9, 10].map(file));
    expect(folder.count).toBe(9);
    const small = new StoreFolder(dir.path, { files: 100, bytes: 3 });
    writeFileSync(dir.join(file(11)), "xxx");
    small.makeRoom({ name: file(11), bytes: 3 }, () => false);
    expect(small.names()).toEqual([file(11)]);
  });
});
