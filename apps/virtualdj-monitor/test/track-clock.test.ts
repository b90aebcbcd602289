import { describe, expect, it } from "vitest";
import { nextTrack } from "../src/track-clock.ts";

const reading = (noticedAt: number, writtenAt?: number): Parameters<typeof nextTrack>[2] => ({
  found: true,
  path: "/x",
  text: "",
  noticedAt,
  writtenAt,
});
const glue = { artist: "Bicep", title: "Glue", time: "" };

describe("the start of a track", () => {
  it("is when its change was noticed", () => {
    expect(nextTrack(undefined, glue, reading(5000), 1e12)).toEqual({ ...glue, startedAt: 5000 });
  });
  it("is when the file was written, if that was before the watch began", () => {
    expect(nextTrack(undefined, glue, reading(5000, 1e12 - 90_000), 1e12)?.startedAt).toBe(-85_000);
  });
  it("is never in the future, whatever the clock of the disk says", () => {
    expect(nextTrack(undefined, glue, reading(5000, 1e12 + 90_000), 1e12)?.startedAt).toBe(5000);
  });
  it("does not move when the same track is named again, and does when it is played again", () => {
    const first = nextTrack(undefined, { ...glue, time: "22:10" }, reading(1000), 0);
    expect(nextTrack(first, { ...glue, time: "22:10" }, reading(9000), 0)).toBe(first);
    expect(nextTrack(first, { ...glue, time: "22:16" }, reading(9000), 0)?.startedAt).toBe(9000);
    expect(nextTrack(first, undefined, reading(9000), 0)).toBeUndefined();
  });
});
