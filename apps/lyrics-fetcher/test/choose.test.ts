import { describe, expect, it } from "vitest";
import { choose, rank } from "../src/sources/choose.ts";
import type { Candidate } from "../src/sources/lyrics-source.ts";
import { similarity } from "../src/song-names.ts";
import type { LyricsQuery } from "../src/song.ts";

const version = (id: string, given: Partial<Candidate> & { synced?: string | null } = {}): Candidate => {
  const { synced = "[00:01.00]x", ...more } = given;
  return { id, source: "test", artist: "Aurora Sky", title: "Night Drive", album: "", duration: 200, exact: false, lyrics: { synced, plain: "x", instrumental: false }, ...more };
};
const query: LyricsQuery = { artist: "Aurora Sky", title: "Night Drive", duration: 200 };

describe("names of songs", () => {
  it.each([
    ["Beyoncé", "Halo", "BEYONCE", "halo"],
    ["The Beatles", "Don't Let Me Down", "Beatles", "Dont Let Me Down"],
    ["Simon & Garfunkel", "The Boxer", "Simon and Garfunkel", "The Boxer"],
    ["A feat. B", "Song (Club Mix)", "A", "Song"],
    ["Ann, Bob", "Song", "Bob", "Song - Remastered 2011"],
    ["Ann x Bob", "Song", "Ann & Bob", "Song (feat. Cat)"],
    ["AC/DC", "T.N.T.", "ACDC", "TNT"],
    ["宇多田ヒカル", "恋の歌", "宇多田ヒカル", "恋の歌 (Live)"],
    ["Кино", "Группа крови", "КИНО", "группа  крови"],
    ["Guns N' Roses", "Paradise City", "Guns and Roses", "Paradise City"],
  ])("%s - %s is %s - %s", (artist, title, otherArtist, otherTitle) => {
    expect(similarity({ artist, title }, { artist: otherArtist, title: otherTitle })).toBeGreaterThan(0.6);
  });

  it.each([
    ["Aurora Sky", "Love", "Aurora Sky", "Lover"],
    ["Aurora Sky", "Night Drive", "Somebody", "Night Drive"],
    ["宇多田ヒカル", "恋の歌", "宇多田ヒカル", "海の歌"],
    ["A", "One", "A", "Two"],
    ["A", "!!!", "A", "???"],
  ])("%s - %s is not %s - %s", (artist, title, otherArtist, otherTitle) => {
    expect(similarity({ artist, title }, { artist: otherArtist, title: otherTitle })).toBeLessThan(0.6);
  });
});

describe("the version of a song", () => {
  it.each<[string, LyricsQuery, Candidate[], string | undefined]>([
    ["has a duration within 3 s", query, [version("long", { duration: 390 }), version("right", { duration: 202.9 }), version("short", { duration: 180 })], "right"],
    ["is none when all durations are off", query, [version("off", { duration: 203.6 })], undefined],
    ["may have no duration, which never counts", query, [version("none", { duration: 0 })], "none"],
    ["has a duration that is known before one that is not", query, [version("none", { duration: 0 }), version("known")], "known"],
    ["is looked for without a duration, as VirtualDJ gives it", { ...query, duration: 0 }, [version("first", { duration: 390 }), version("second", { duration: 20 })], "first"],
    ["has time stamps before a better duration", query, [version("plain", { synced: null }), version("timed", { duration: 202 })], "timed"],
    ["is the very version where durations say nothing", { ...query, duration: 0 }, [version("live", { title: "Night Drive (Live)" }), version("studio")], "studio"],
    ["is one that the source knows for certain", query, [version("alike"), version("exact", { exact: true, artist: "?", duration: 999 })], "exact"],
    ["is of the song", query, [version("other", { title: "Day Drive" }), version("cover", { artist: "Somebody" })], undefined],
    ["is none of none", query, [], undefined],
  ])("%s", (_, wanted, candidates, expected) => {
    expect(choose(wanted, candidates)?.id).toBe(expected);
  });

  it("is one of all for a person, the unlikely ones last", () => {
    const ranked = rank(query, [version("other", { title: "Day Drive" }), version("long", { duration: 390 }), version("right")]);
    expect(ranked.map(({ candidate, fits, offBy }) => [candidate.id, fits, offBy])).toEqual([["right", true, 0], ["other", false, 0], ["long", false, 190]]);
  });
});
