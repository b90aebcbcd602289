import { mkdirSync } from "node:fs";
import { serve, socketPath } from "@vj/control";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { askNowPlaying, nowPlayingLine, trackLine } from "../src/track-line.ts";

describe("a track in a line", () => {
  it.each([
    [{ artist: "Bicep", title: "Glue" }, "Bicep - Glue (spotify)"],
    [{ artist: "", title: "Glue" }, "Glue (spotify)"],
    [{ artist: "Bicep", title: " " }, "Bicep (spotify)"],
    [{ artist: "", title: "" }, "a track without a name (spotify)"],
    [{ artist: "\u001b[2JA", title: "B\n" }, "A - B (spotify)"],
  ])("%j", (names, line) => {
    expect(trackLine({ ...names, source: "spotify" })).toBe(line);
  });
});

describe("what plays now", () => {
  it("is asked of now_playing, with why it is not shown", async () => {
    await using dir = tempDir();
    const busDir = dir.join("bus");
    mkdirSync(busDir, { mode: 0o700 });
    expect(await askNowPlaying(busDir)).toBeUndefined();
    let state: Record<string, unknown> = { source: "spotify", track: { artist: "Bicep", title: "Glue", album: "" }, is_playing: true, not_shown: null };
    const server = await serve({
      path: socketPath("now_playing", busDir),
      onCommand: () => ({ type: "response", data: { status: "running", pid: 1, ...state } }),
    });
    try {
      const line = async (): Promise<string> => nowPlayingLine((await askNowPlaying(busDir)) ?? { track: null, reason: "no answer" });
      expect(await line()).toBe("now playing: Bicep - Glue (spotify)");
      state = { ...state, is_playing: false, not_shown: "shorter than 60 s" };
      expect(await line()).toBe("now playing: Bicep - Glue (spotify), paused, not shown: shorter than 60 s");
      state = { ...state, track: null, not_shown: null, condition: { level: "ok", text: "spotify has no track" } };
      expect(await line()).toBe("now playing: nothing");
      expect(await askNowPlaying(busDir)).toMatchObject({ track: null, report: "spotify has no track" });
      state = { ...state, reason: "pinned to spotify, which has no track" };
      expect(await line()).toBe("now playing: nothing, pinned to spotify, which has no track");
      state = { nonsense: true };
      expect(await askNowPlaying(busDir)).toBeUndefined();
    } finally {
      await server.close();
    }
  });
});
