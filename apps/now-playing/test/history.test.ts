import { appendFileSync, existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { newestWithin } from "../src/history-command.ts";
import { History, historyFile, readHistory } from "../src/history.ts";

const track = (title: string, duration = 200): { artist: string; title: string; album: string; duration: number } => ({ artist: "A", title, album: "B", duration });
const night = Date.parse("2026-11-26T22:00:00Z");
const titles = (dir: string, since?: number): string[] => readHistory(dir, since).map(({ title }) => title);

describe("the history", () => {
  it("keeps the shown tracks, oldest first, readable by its owner only", async () => {
    await using dir = tempDir();
    const history = new History(dir.join("data"));
    history.add("spotify", track("One"), night);
    history.add("virtualdj", track("Two"), night + 300_000);
    expect(readHistory(dir.join("data"))[0]).toEqual({ at: "2026-11-26T22:00:00.000Z", source: "spotify", ...track("One") });
    expect(titles(dir.join("data"), night + 1)).toEqual(["Two"]);
    expect(statSync(historyFile(dir.join("data"))).mode & 0o777).toBe(0o600);
  });

  it("does not repeat a track after a restart, but does when it is played again", async () => {
    await using dir = tempDir();
    new History(dir.path).add("spotify", track("One"), night);
    new History(dir.path).add("spotify", track("One"), night + 150_000);
    expect(titles(dir.path)).toEqual(["One"]);
    new History(dir.path).add("spotify", track("One"), night + 199_500);
    expect(titles(dir.path)).toEqual(["One", "One"]);
  });

  it("has a track once that was interrupted by another source for a moment", async () => {
    await using dir = tempDir();
    const history = new History(dir.path);
    history.add("virtualdj", track("Mix", 0), night);
    history.add("spotify", track("Song"), night + 60_000);
    history.add("virtualdj", track("Mix", 0), night);
    history.add("spotify", track("Song"), night + 62_000);
    expect(titles(dir.path)).toEqual(["Mix", "Song"]);
    history.add("spotify", track("Song"), night + 300_000);
    expect(titles(dir.path)).toEqual(["Mix", "Song", "Song"]);
  });

  it("has a track again that is played again soon: after another one, or seen to begin anew", async () => {
    await using dir = tempDir();
    const history = new History(dir.path);
    history.add("desktop", track("One"), night);
    history.add("desktop", track("Two"), night + 30_000);
    history.add("desktop", track("One"), night + 60_000);
    expect(titles(dir.path)).toEqual(["One", "Two", "One"]);
    history.add("desktop", track("One"), night + 100_000, true);
    expect(titles(dir.path)).toEqual(["One", "Two", "One", "One"]);
    history.add("desktop", track("One"), night + 130_000);
    expect(titles(dir.path)).toHaveLength(4);
  });

  it("has a track that plays after the clock was put back", async () => {
    await using dir = tempDir();
    new History(dir.path).add("spotify", track("One"), night);
    new History(dir.path).add("spotify", track("One"), night - 3_600_000);
    expect(titles(dir.path)).toEqual(["One", "One"]);
  });

  it("survives a line that was cut by a kill, and lines that make no sense", async () => {
    await using dir = tempDir();
    new History(dir.path).add("spotify", track("One"), night);
    appendFileSync(historyFile(dir.path), 'nonsense\n{"at":"2026-11-26T23:00:00Z","sou');
    new History(dir.path).add("spotify", track("Two"), night + 300_000);
    expect(titles(dir.path)).toEqual(["One", "Two"]);
  });

  it("is bounded: the oldest are dropped", async () => {
    await using dir = tempDir();
    const history = new History(dir.path);
    const long = "x".repeat(500);
    for (let count = 0; count < 8200; count += 1) history.add("spotify", { ...track(`${count} ${long}`.slice(0, 500)), album: long }, night + count * 300_000);
    expect(existsSync(`${historyFile(dir.path)}.1`)).toBe(true);
    expect(readFileSync(historyFile(dir.path)).length + readFileSync(`${historyFile(dir.path)}.1`).length).toBeLessThan(4.3 * 1_048_576);
    expect(titles(dir.path).at(-1)).toMatch(/^8199 /);
  });

  it("names the fault when it cannot write", async () => {
    await using dir = tempDir();
    appendFileSync(dir.join("data"), "");
    expect(() => new History(dir.join("data")).add("spotify", track("One"), night)).toThrow(/cannot write .*played\.jsonl/);
  });

  it("goes on beside a file that somebody made far too long, or is of somebody else's making", async () => {
    await using dir = tempDir();
    writeFileSync(historyFile(dir.path), `${"x".repeat(12 * 1_048_576)}\n\0\uFEFFnonsense`, { mode: 0o600 });
    const history = new History(dir.path);
    history.add("spotify", track("One"), night);
    history.add("spotify", track("Two"), night + 300_000);
    expect(titles(dir.path)).toEqual(["One", "Two"]);
    expect(statSync(historyFile(dir.path)).size).toBeLessThan(1000);
  });

  it("says that it cannot be written, and goes on once it can", async () => {
    await using dir = tempDir();
    const history = new History(dir.path);
    mkdirSync(historyFile(dir.path));
    expect(() => history.add("spotify", track("One"), night)).toThrow(/cannot write/);
    rmdirSync(historyFile(dir.path));
    // What a full disk took of the line before.
    writeFileSync(historyFile(dir.path), '{"at":"2026-11-26T21:', { mode: 0o600 });
    history.add("spotify", track("One"), night);
    expect(titles(dir.path)).toEqual(["One"]);
  });
});

describe("a reply with the history", () => {
  it("has the newest tracks that fit into it", () => {
    const played = ["One", "Two", "Three"].map((title) => ({ at: "2026-11-26T22:00:00.000Z", source: "spotify", ...track(title) }));
    const bytes = (from: number): number => played.slice(from).reduce((sum, one) => sum + JSON.stringify(one).length + 1, 0);
    expect(newestWithin(played, bytes(0))).toEqual(played);
    expect(newestWithin(played, bytes(0) - 1)).toEqual(played.slice(1));
    expect(newestWithin(played, 5)).toEqual([]);
  });
});
