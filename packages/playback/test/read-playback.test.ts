import { describe, expect, it } from "vitest";
import { readPlayback } from "../src/index.ts";

describe("messages of a source, and of the track that counts", () => {
  it.each(["/playback/gramophone/", "/karaoke/"])("are read by the table: %s", (place) => {
    expect(readPlayback({ address: `${place}track`, tags: "", args: [1, "gramophone", "A", "T", "L", 200.5, 1] })).toEqual({
      kind: "track",
      source: "gramophone",
      track: { artist: "A", title: "T", album: "L", duration: 200.5 },
      hasLyrics: true,
    });
    expect(readPlayback({ address: `${place}track`, tags: "", args: [0, "x", "", "", "", 0, 0] })).toMatchObject({ track: undefined });
    expect(readPlayback({ address: `${place}pos`, tags: "", args: [1.5, 0] })).toEqual({ kind: "position", seconds: 1.5, playing: false });
  });

  it.each([
    ["/playback/spotify/track", [1, "spotify"]],
    ["/playback/spotify/track", [2, "spotify", "", "", "", 0, 0]],
    ["/playback/spotify/pos", [-1, 0]],
    ["/playback/spotify/pos", [Infinity, 1]],
    ["/playback/spotify/pos", [Number.NaN, 1]],
    ["/playback/spotify/pos", [1e30, 1]],
    ["/playback/spotify/pos", []],
    ["/playback/spotify/else", [1.5, 0]],
    ["/playback/a/b/track", [0, "", "", "", "", 0, 0]],
  ])("that do not fit are refused: %s %j", (address, args) => {
    expect(readPlayback({ address, tags: "", args })).toBeUndefined();
  });
});
