import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tempDir } from "@vj/test-kit";
import { SongStore } from "../src/song-store.ts";

const found = { synced: "[00:01.00]x", plain: null, instrumental: false };
const song = { artist: "AC/DC", title: "../../T.N.T." };
const hour = 3_600_000;

describe("the store of songs", () => {
  it("remembers lyrics for ever and misses for a day, over restarts", async () => {
    await using dir = tempDir();
    const store = new SongStore(dir.join("lyrics"));
    expect(store.get(song.artist, song.title, 0)).toBeUndefined();
    expect(store.count).toBe(0);
    await store.put(song, found, 0);
    await store.put({ artist: "A", title: "None" }, null, 0);
    const again = new SongStore(dir.join("lyrics"));
    expect(again.count).toBe(2);
    expect(again.get("ac/dc", "../../T.N.T.", 1e6 * hour)).toEqual(found);
    expect(again.get("A", "None", 23 * hour)).toBeNull();
    expect(again.get("A", "None", 25 * hour)).toBeUndefined();
    expect(readdirSync(dir.path)).toEqual(["lyrics"]);
  });

  it("keeps names apart that consist of signs only", async () => {
    await using dir = tempDir();
    const store = new SongStore(dir.path);
    await store.put({ artist: "!!!", title: "?" }, found, 0);
    expect(store.get("???", "!", 0)).toBeUndefined();
    expect(store.get("!!!", "?", 0)).toEqual(found);
  });

  it("asks again for what was damaged", async () => {
    await using dir = tempDir();
    const store = new SongStore(dir.path);
    await store.put(song, found, 0);
    const [name = ""] = readdirSync(dir.path);
    writeFileSync(dir.join(name), readFileSync(dir.join(name), "utf8").slice(0, 30));
    expect(store.get(song.artist, song.title, 0)).toBeUndefined();
    await store.put(song, null, 0);
    expect(store.get(song.artist, song.title, 0)).toBeNull();
    expect(store.count).toBe(1);
  });

  it("reads entries from before there was a version, and none of a later one", async () => {
    await using dir = tempDir();
    const store = new SongStore(dir.path);
    await store.put(song, found, 0);
    const [name = ""] = readdirSync(dir.path);
    const entry: unknown = JSON.parse(readFileSync(dir.join(name), "utf8"));
    expect(entry).toMatchObject({ version: 1 });
    writeFileSync(dir.join(name), JSON.stringify({ ...Object(entry), version: undefined }));
    expect(store.get(song.artist, song.title, 0)).toEqual(found);
    writeFileSync(dir.join(name), JSON.stringify({ ...Object(entry), version: 2 }));
    expect(store.get(song.artist, song.title, 0)).toBeUndefined();
  });
});
