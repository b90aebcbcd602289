import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tempDir } from "@vj/test-kit";
import { LyricsCache } from "../src/lyrics-cache.ts";

const found = { synced: "[00:01.00]x", plain: null, instrumental: false };
const song = { artist: "AC/DC", title: "../../T.N.T." };
const hour = 3_600_000;

describe("the cache", () => {
  it("remembers lyrics for ever and misses for a day, over restarts", async () => {
    await using dir = tempDir();
    const cache = new LyricsCache(dir.join("lyrics"));
    expect(cache.get(song.artist, song.title, 0)).toBeUndefined();
    expect(cache.count).toBe(0);
    await cache.put(song, found, 0);
    await cache.put({ artist: "A", title: "None" }, null, 0);
    const again = new LyricsCache(dir.join("lyrics"));
    expect(again.count).toBe(2);
    expect(again.get("ac/dc", "../../T.N.T.", 1e6 * hour)).toEqual(found);
    expect(again.get("A", "None", 23 * hour)).toBeNull();
    expect(again.get("A", "None", 25 * hour)).toBeUndefined();
    expect(readdirSync(dir.path)).toEqual(["lyrics"]);
  });

  it("keeps names apart that consist of signs only", async () => {
    await using dir = tempDir();
    const cache = new LyricsCache(dir.path);
    await cache.put({ artist: "!!!", title: "?" }, found, 0);
    expect(cache.get("???", "!", 0)).toBeUndefined();
    expect(cache.get("!!!", "?", 0)).toEqual(found);
  });

  it("asks again for what was damaged", async () => {
    await using dir = tempDir();
    const cache = new LyricsCache(dir.path);
    await cache.put(song, found, 0);
    const [name = ""] = readdirSync(dir.path);
    writeFileSync(dir.join(name), readFileSync(dir.join(name), "utf8").slice(0, 30));
    expect(cache.get(song.artist, song.title, 0)).toBeUndefined();
    await cache.put(song, null, 0);
    expect(cache.get(song.artist, song.title, 0)).toBeNull();
    expect(cache.count).toBe(1);
  });
});
