import { describe, expect, it } from "vitest";
import { readPlayer, readRefusal } from "../src/player-answer.ts";
import { readScriptAnswer } from "../src/applescript-player.ts";
import { playback, song } from "./helpers/stand-in-spotify.ts";

describe("the playback state", () => {
  it("is a track with its artists joined, and its position", () => {
    expect(readPlayer(playback())).toEqual({
      kind: "player",
      track: { artist: "Daft Punk, Pharrell Williams", title: "Get Lucky (feat. Pharrell Williams)", album: "Random Access Memories", duration: 248.413 },
      note: undefined,
      id: "spotify:track:4uLU6hMCjMI75M1A2tKUQC",
      seconds: 30,
      playing: true,
      device: "Booth",
    });
  });

  it.each([
    ["an advertisement", { currently_playing_type: "ad", item: null }, undefined, /advertisement/],
    ["what Spotify does not name", { currently_playing_type: "unknown", item: null }, undefined, /does not say/],
    ["a private session", { item: null, device: { name: "x", is_private_session: true } }, undefined, /private session/],
    ["a local file", { item: song({ id: null, uri: "spotify:local:::x:1", is_local: true, artists: [{ name: "" }], album: { name: "" }, name: "my edit" }) }, { artist: "", title: "my edit" }, /local file/],
    ["a podcast", { currently_playing_type: "episode", item: { type: "episode", id: "e", name: "Episode 1", duration_ms: 1000, show: { name: "The Show", publisher: "P" } } }, { artist: "The Show", title: "Episode 1" }, /podcast/],
  ])("reports %s", (_, changes, track, note) => {
    const answer = readPlayer(playback(changes));
    expect(answer).toMatchObject({ kind: "player", note: expect.stringMatching(note), track });
  });

  it.each([[undefined], [null], ["<html>"], [{}], [[]], [playback({ item: "x" })], [playback({ is_playing: "yes" })]])("is not %j", (body) => {
    expect(readPlayer(body)).toMatchObject({ kind: "fault", code: "unexpected" });
  });

  it("survives numbers and texts without sense", () => {
    const answer = readPlayer(playback({ progress_ms: -5, item: song({ name: "\u001b[2Jx", duration_ms: -1, artists: null, album: null }) }));
    expect(answer).toMatchObject({ seconds: 0, track: { artist: "", title: "x", duration: 0 } });
  });
});

describe("what is shown beside a track", () => {
  it.each(["device", "progress_ms", "currently_playing_type"])("may be of any type: %s", (field) => {
    for (const value of [null, 5, "x", [], {}, true, -5, 1e300]) {
      expect(readPlayer(playback({ [field]: value })), JSON.stringify(value)).toMatchObject({ kind: "player", playing: true, track: { title: "Get Lucky (feat. Pharrell Williams)" } });
    }
  });

  it.each(["artists", "album", "duration_ms", "uri", "id", "type", "is_local"])("may be of any type: item.%s", (field) => {
    for (const value of [null, 5, "x", [], {}, true, -5, 1e300, [null], ["x"], [{ name: 5 }]]) {
      expect(readPlayer(playback({ item: song({ [field]: value }) })), JSON.stringify(value)).toMatchObject({ kind: "player", track: { title: "Get Lucky (feat. Pharrell Williams)" } });
    }
  });

  it("is cut where it is too long, artists of any kind are left out", () => {
    const artists = [null, "x", { name: "B" }, ...Array.from({ length: 2000 }, () => ({ name: "B" }))];
    const answer = readPlayer(playback({ device: { name: "d".repeat(50_000) }, item: song({ name: "x".repeat(50_000), artists }) }));
    expect(answer).toMatchObject({ kind: "player", track: { artist: "B", title: expect.stringMatching(/^x{300}/) } });
  });
});

describe("a refusal", () => {
  it.each([
    ["Active premium subscription required for the owner of the app.", "premium"],
    ["Player command failed: Premium required", "premium"],
    ["User not registered in the Developer Dashboard", "not_registered"],
    ["Insufficient client scope", "scope"],
    ["Forbidden", "other"],
  ])("%j is about %s", (message, why) => {
    expect(readRefusal({ error: { status: 403, message } })).toMatchObject({ kind: "refused", why });
  });

  it("may be a plain sentence, and is not the page of a proxy", () => {
    expect(readRefusal(undefined, "User not registered in the Developer Dashboard\n")).toMatchObject({ why: "not_registered" });
    expect(readRefusal(undefined, "<html>premium</html>")).toMatchObject({ why: "other", text: "Spotify refuses to answer" });
  });

  it("is one also without a text", () => {
    expect(readRefusal(undefined)).toMatchObject({ kind: "refused", why: "other", text: "Spotify refuses to answer" });
  });
});

describe("the Spotify program of a Mac", () => {
  it("plays a track", () => {
    const printed = { state: "playing", position: 12.5, id: "spotify:track:1", name: "T", artist: "A", album: "B", duration: 180_000 };
    expect(readScriptAnswer(`${JSON.stringify(printed)}\n`)).toMatchObject({
      kind: "player", seconds: 12.5, playing: true, track: { artist: "A", title: "T", album: "B", duration: 180 },
    });
    expect(readScriptAnswer(JSON.stringify({ ...printed, state: "paused", id: "spotify:ad:1" }))).toMatchObject({ playing: false, note: expect.stringContaining("advertisement") });
  });

  it("does not run, has stopped, or gives an invalid answer", () => {
    expect([readScriptAnswer("null\n"), readScriptAnswer('{"state":"stopped"}')]).toEqual([{ kind: "nothing" }, { kind: "nothing" }]);
    expect(readScriptAnswer("execution error")).toMatchObject({ kind: "fault" });
  });
});
