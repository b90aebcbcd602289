import { describe, expect, it } from "vitest";
import { parseNowPlaying } from "../src/parse-now-playing.ts";

const names = (text: string): unknown => {
  const track = parseNowPlaying(text);
  return track === undefined ? undefined : [track.artist, track.title];
};

describe("one line", () => {
  it.each([
    ["Daft Punk - Around the World", ["Daft Punk", "Around the World"]],
    ["Daft Punk - Around the World\r\n", ["Daft Punk", "Around the World"]],
    ["  Daft Punk  -  Around the World  \n\n", ["Daft Punk", "Around the World"]],
    ["A-ha - Take on Me", ["A-ha", "Take on Me"]],
    ["Moderat - A New Error - Live (Boys Noize Remix) [Extended]", ["Moderat", "A New Error - Live (Boys Noize Remix) [Extended]"]],
    ["宇多田ヒカル - 光", ["宇多田ヒカル", "光"]],
    ["Untitled", ["", "Untitled"]],
    [" - Untitled", ["", "Untitled"]],
    ["", undefined],
    ["\r\n \r\n", undefined],
  ])("%j", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it("is kept short enough for a datagram", () => {
    const track = parseNowPlaying(`${"あ".repeat(5000)} - ${"🎵".repeat(5000)}`);
    expect(Buffer.byteLength(`${track?.artist}${track?.title}`)).toBeLessThan(1300);
    expect(track?.title).toMatch(/^(🎵)+$/u);
  });
});

describe("a history", () => {
  const session = ["VirtualDJ History 2026/01/30", "------------------", "23:58 : Bicep - Glue", "00:03 : Orbital - Halcyon - On and On"];

  it.each(["\n", "\r\n", "\r"])("with line ends %j counts its last entry, over midnight too", (end) => {
    expect(parseNowPlaying(session.join(end) + end)).toEqual({ artist: "Orbital", title: "Halcyon - On and On", time: "00:03" });
  });
  it("takes the last entry of the last session that has one", () => {
    const next = ["VirtualDJ History 2026/01/31", "------------------"];
    expect(names([...session, "", ...next].join("\n"))).toEqual(["Orbital", "Halcyon - On and On"]);
    expect(names([...session, "", ...next, "21:00 : Rone - Bye Bye Macadam"].join("\n"))).toEqual(["Rone", "Bye Bye Macadam"]);
  });
  it("names no track before its first entry", () => {
    expect(parseNowPlaying("VirtualDJ History - 2026/01/30\n------------------\n")).toBeUndefined();
  });
  it("reads an entry without an artist, and one with seconds", () => {
    expect(parseNowPlaying("22:53 : Jingle")).toEqual({ artist: "", title: "Jingle", time: "22:53" });
    expect(parseNowPlaying("9:05:59 : Air - Kelly")).toEqual({ artist: "Air", title: "Kelly", time: "9:05:59" });
  });
  it("does not take a title with a time in it for an entry", () => {
    expect(names("Nena - 12:34 : Live")).toEqual(["Nena", "12:34 : Live"]);
  });
});
