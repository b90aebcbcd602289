import { describe, expect, it } from "vitest";
import { placeIn, readPlayer, secondsOf, shortName } from "../src/mpris.ts";

const variant = (value: unknown): unknown => ({ signature: "?", value });
const player = (metadata: Record<string, unknown>, others: Record<string, unknown> = {}): unknown => ({
  PlaybackStatus: variant("Playing"),
  Position: variant(12_500_000n),
  Metadata: variant(Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, variant(value)]))),
  ...others,
});
const track = (metadata: Record<string, unknown>): unknown => readPlayer(player(metadata)).track;

describe("the properties of a player", () => {
  it("are a track, whether it plays, and where", () => {
    const metadata = { "mpris:trackid": "/t/1", "mpris:length": 200_000_000n, "xesam:title": "T", "xesam:artist": ["A", "B"], "xesam:album": "L" };
    expect(readPlayer(player(metadata, { Rate: variant(0.5) }))).toEqual({
      status: "playing", track: { artist: "A, B", title: "T", album: "L", duration: 200 }, fileOnly: false, id: "/t/1", rate: 0.5, seconds: 12.5,
    });
  });

  it.each([
    ["one text for a list", { "xesam:title": "T", "xesam:artist": "A" }, { artist: "A", title: "T" }],
    ["the artist of the album", { "xesam:title": "T", "xesam:artist": [], "xesam:albumArtist": ["A"] }, { artist: "A", title: "T" }],
    ["a file without tags", { "xesam:url": "file:///music/Bicep%20-%20Glue.flac" }, { artist: "Bicep", title: "Glue" }],
    ["a page of a video site", { "xesam:title": "Bicep - Glue (Official Video)" }, { artist: "Bicep", title: "Glue (Official Video)" }],
    ["a broken address", { "xesam:url": "file:///100%.mp3" }, { artist: "", title: "100%" }],
    ["a length as a number", { "xesam:title": "T", "mpris:length": 5_000_000 }, { title: "T", duration: 5 }],
    ["a length as text", { "xesam:title": "T", "mpris:length": "5000000" }, { title: "T", duration: 5 }],
    ["a length as a fraction", { "xesam:title": "T", "mpris:length": 5_500_000.5 }, { title: "T", duration: 5.5000005 }],
    ["the largest length there is", { "xesam:title": "T", "mpris:length": 18_446_744_073_709_551_615n }, { title: "T", duration: 0 }],
    ["names of other types", { "xesam:title": 7, "xesam:artist": [1, "A", null], "xesam:url": Buffer.from("x"), "xesam:album": {} }, { artist: "A", title: "", album: "" }],
    ["a length without sense", { "xesam:title": "T", "mpris:length": -1n }, { title: "T", duration: 0 }],
  ])("may be %s", (_, metadata, expected) => {
    expect(track(metadata)).toMatchObject(expected);
  });

  it.each([
    [{ "xesam:title": "Bicep - Glue.flac" }, "Bicep", "Glue"],
    [{ "xesam:title": "s-Bicep - Glue.FLAC", "xesam:artist": [] }, "s-Bicep", "Glue"],
    [{ "xesam:title": "01 Glue", "xesam:url": "file:///m/01%20Glue.ogg" }, "", "01 Glue"],
    [{ "xesam:title": "100%.mp3", "xesam:url": "file:///100%.mp3" }, "", "100%"],
    [{ "xesam:title": "odd.name", "xesam:url": "file:///m/odd.name" }, "", "odd"],
    [{ "xesam:title": "Vol. 1.5", "xesam:url": "file:///m/Vol.%201.5" }, "", "Vol. 1.5"],
    [{ "xesam:url": "http://radio/live" }, "", "live"],
  ])("may have only the name of a file: %j", (metadata, artist, title) => {
    expect(readPlayer(player(metadata))).toMatchObject({ fileOnly: true, track: { artist, title } });
  });

  it.each([
    [{ "xesam:title": "Glue.flac", "xesam:artist": ["Bicep"] }, "Bicep", "Glue.flac"],
    [{ "xesam:title": "Bicep - Glue", "xesam:url": "https://videos/watch?v=1" }, "Bicep", "Glue"],
    [{ "xesam:title": "Mr. Brightside" }, "", "Mr. Brightside"],
  ])("have names of their own: %j", (metadata, artist, title) => {
    expect(readPlayer(player(metadata))).toMatchObject({ fileOnly: false, track: { artist, title } });
  });

  it.each([[undefined], [null], ["x"], [{}], [{ PlaybackStatus: variant(1), Metadata: variant("x"), Position: variant("x"), Rate: variant(Number.NaN) }]])(
    "may be %j, which is nothing",
    (properties) => {
      expect(readPlayer(properties)).toEqual({ status: "stopped", track: undefined, fileOnly: false, id: "", rate: expect.any(Number), seconds: undefined });
    },
  );

  it.each([[0, 0], [-1, 0], [1.5, 1.5], [1e9, 16], ["2", 2], ["x", 1], [undefined, 1]])("have a rate of %j, which is %d", (rate, expected) => {
    expect(readPlayer(player({ "xesam:title": "T" }, { Rate: variant(rate) })).rate).toBe(expected);
  });

  it("are bounded", () => {
    const flood = track({ "xesam:title": "x".repeat(1_000_000), "xesam:artist": Array.from({ length: 100_000 }, () => "y") });
    expect(JSON.stringify(flood).length).toBeLessThan(1000);
  });

  it("has times in microseconds, and a short name", () => {
    expect([secondsOf(1_000_000n), secondsOf(-1n), secondsOf("x"), secondsOf(9_223_372_036_854_775_807n)]).toEqual([1, undefined, undefined, undefined]);
    expect([shortName("org.mpris.MediaPlayer2.vlc.instance7"), shortName("org.mpris.MediaPlayer2.mpv")]).toEqual(["vlc", "mpv"]);
  });

  it.each([
    ["chromium.instance4711", "chromium"],
    ["firefox.instance_1_84", "firefox"],
    ["plasma-browser-integration", "plasma-browser-integration"],
    ["VLC", "VLC"],
  ])("has a name on the bus such as %s, which is %s", (busName, name) => {
    expect(shortName(`org.mpris.MediaPlayer2.${busName}`)).toBe(name);
    expect(placeIn(["mpv", name.toUpperCase()], `org.mpris.MediaPlayer2.${busName}`)).toBe(1);
    expect(placeIn(["mpv"], `org.mpris.MediaPlayer2.${busName}`)).toBe(-1);
  });
});
