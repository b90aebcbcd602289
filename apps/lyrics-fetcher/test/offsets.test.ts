import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { tempDir } from "@vj/test-kit";
import type { CommandTable } from "@vj/worker";
import { Offsets } from "../src/follow/offsets.ts";
import { SongOffsets } from "../src/follow/song-offsets.ts";
import type { LyricsQuery } from "../src/song.ts";

function newDir(): string {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  return dir.path;
}

const one = { artist: "A", title: "One" };

interface OffsetsSetup {
  offsets: Offsets;
  commands: CommandTable;
  run(cmd: string, args?: Record<string, unknown>): Promise<unknown>;
  plays(song: LyricsQuery | undefined): void;
  /** How far the nearest line is. */
  near(ms: number | undefined): void;
  shown: number[];
}

function setUp(dir: string): OffsetsSetup {
  const shown: number[] = [];
  let common = 0;
  let near: number | undefined;
  let song: LyricsQuery | undefined = one;
  const offsets = new Offsets({
    songs: new SongOffsets(dir),
    song: () => song,
    common: () => common,
    toNearestLine: () => near,
    setCommon: async (ms) => void (common = ms),
    onOffset: (ms) => shown.push(ms),
  });
  const commands = offsets.commands();
  const peer = { closed: new AbortController().signal, onClose: () => {} };
  return {
    offsets,
    commands,
    run: async (cmd, args = {}) => commands[cmd]?.run({ type: "command", cmd, ...args }, peer as never),
    plays: (next) => {
      song = next;
      offsets.apply();
    },
    near: (ms) => (near = ms),
    shown,
  };
}

describe("the timing offset", () => {
  it("of a song begins at that of all, wins over it, and is remembered", async () => {
    const dir = newDir();
    const { run, plays, shown, offsets } = setUp(dir);
    await run("nudge", { ms: 200, scope: "all" });
    await run("nudge", { ms: 50 });
    await run("nudge", { ms: -200, scope: "all" });
    expect(shown).toEqual([200, 250, 250]);
    plays({ artist: "A", title: "Two" });
    plays({ artist: "a!", title: "ONE" });
    expect(shown.slice(3)).toEqual([0, 250]);
    expect(setUp(dir).offsets.state()).toEqual({ ms: 250, scope: "song" });
    expect(await run("nudge", { ms: 10, scope: "all" })).toMatchObject({ message: "offset +10 ms for all songs; this song keeps its own, +250 ms" });
    expect(await run("set_offset", { ms: -40 })).toMatchObject({ message: "offset -40 ms for this song", data: { offset: { ms: -40, scope: "song" } } });
    expect(await run("reset_offset", { scope: "all" })).toMatchObject({ message: "offset 0 ms for all songs; this song keeps its own, -40 ms" });
    expect(await run("reset_offset")).toMatchObject({ success: true, message: "done: this song now has the offset of all songs, 0 ms" });
    expect(offsets.state()).toEqual({ ms: 0, scope: "all" });
    expect(setUp(dir).offsets.state().scope).toBe("all");
  });

  it("is what one tap at the beginning of a line makes of it", async () => {
    const { run, near, shown } = setUp(newDir());
    expect(await run("tap_line")).toMatchObject({ success: false, message: expect.stringContaining("no line is within 10 s") });
    near(-340);
    expect(await run("tap_line")).toMatchObject({ message: "offset -340 ms for this song" });
    near(40);
    await run("tap_line");
    expect(shown).toEqual([-340, -300]);
  });

  it("stays within a minute", async () => {
    const { run, shown } = setUp(newDir());
    for (let step = 0; step < 3; step += 1) await run("nudge", { ms: 30_000 });
    expect(shown).toEqual([30_000, 60_000, 60_000]);
    expect(await run("nudge", { ms: 1.5 })).toMatchObject({ success: false });
  });

  it("of a song needs one; one that cannot be saved holds all the same, and says so", async () => {
    const dir = newDir();
    const { run, plays, shown } = setUp(dir);
    plays(undefined);
    expect(await run("nudge", { ms: 50 })).toMatchObject({ success: false, message: expect.stringContaining("scope=all") });
    plays(one);
    mkdirSync(path.join(dir, "lyrics-offsets.json"));
    expect(await run("nudge", { ms: 50 })).toMatchObject({ success: false, message: expect.stringContaining("could not be saved") });
    expect(shown.at(-1)).toBe(50);
  });

  it("is kept of 5000 songs, and a damaged file is written anew", async () => {
    const dir = newDir();
    const songs = Array.from({ length: 5000 }, (_, index) => ({ artist: "A", title: `${index}`, offset_ms: 1 }));
    writeFileSync(path.join(dir, "lyrics-offsets.json"), JSON.stringify({ version: 1, songs }));
    const { run } = setUp(dir);
    await run("nudge", { ms: 50 });
    const kept = JSON.parse(readFileSync(path.join(dir, "lyrics-offsets.json"), "utf8")) as { songs: { title: string }[] };
    expect([kept.songs.length, kept.songs[0]?.title, kept.songs.at(-1)?.title]).toEqual([5000, "1", "One"]);
    writeFileSync(path.join(dir, "lyrics-offsets.json"), "{");
    const fresh = setUp(dir);
    expect(fresh.offsets.state()).toEqual({ ms: 0, scope: "all" });
    expect(await fresh.run("nudge", { ms: 50 })).toMatchObject({ success: true });
  });
});
