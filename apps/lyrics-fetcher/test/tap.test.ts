import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fc } from "@vj/test-kit/properties";
import { describe, expect, it, onTestFinished } from "vitest";
import { tempDir, waitFor } from "@vj/test-kit";
import type { Reply } from "@vj/schema";
import { CurrentSong } from "../src/current-song.ts";
import { parseLyrics } from "../src/parse-lyrics.ts";
import { SongStore } from "../src/song-store.ts";
import { saveLyricsCommand } from "../src/tap/save-lyrics.ts";
import { beginTaps, isTapped, placeOf, tap, undoLine } from "../src/tap/tap-session.ts";
import type { TapSession } from "../src/tap/tap-session.ts";
import { toLrc } from "../src/tap/to-lrc.ts";

const song = { artist: "A [x]", title: "T" };
const texts = ["Around the world", "", "  ", "恋の歌", "Go!"];
const taps = (session: TapSession, ...times: number[]): TapSession => times.reduce(tap, session);

describe("tapping along", () => {
  it("goes word by word through the lines, without gaps", () => {
    const session = beginTaps(texts);
    expect(session.lines.map(({ parts }) => parts)).toEqual([["Around", "the", "world"], ["恋", "の", "歌"], ["Go!"]]);
    expect(placeOf(taps(session, 1, 1.2))).toEqual({ line: 0, part: 2 });
    expect(placeOf(taps(session, 1, 1.2, 1.5))).toEqual({ line: 1, part: 0 });
    const all = taps(session, 1, 1.2, 1.5, 3, 3.2, 3.4, 5);
    expect([isTapped(all), placeOf(all)]).toEqual([true, { line: 3, part: 0 }]);
    expect(tap(all, 6).taps).toHaveLength(7);
  });

  it("goes line by line where that is wanted", () => {
    expect(taps(beginTaps(texts, { wholeLines: true }), 1, 2, 3).taps).toEqual([1, 2, 3]);
    expect(toLrc(song, taps(beginTaps(texts, { wholeLines: true }), 1, 2, 3.456))).toContain("[00:01.00]Around the world\n[00:02.00]恋の歌\n[00:03.46]Go!\n");
  });

  it("takes back the line that is tapped, then the one before", () => {
    const session = taps(beginTaps(texts), 1, 1.2, 1.5, 3);
    expect(undoLine(session).taps).toEqual([1, 1.2, 1.5]);
    expect(undoLine(undoLine(session)).taps).toEqual([]);
    expect(undoLine(undoLine(undoLine(session))).taps).toEqual([]);
  });

  it("loses nothing by a key that is pressed while the song is further back", () => {
    expect(taps(beginTaps(texts), 10, 11, 2, 11, 12).taps).toEqual([10, 11, 12]);
  });

  it("gives lyrics that are read as they were tapped, to a hundredth", () => {
    const lrc = toLrc(song, taps(beginTaps(texts), 61, 61.204, 61.5, 63, 63.2, 63.4, 65));
    expect(lrc).toBe("[ar:A  x]\n[ti:T]\n[re:vj lyrics tap]\n[01:01.00]<01:01.00>Around <01:01.20>the <01:01.50>world\n[01:03.00]<01:03.00>恋<01:03.20>の<01:03.40>歌\n[01:05.00]Go!\n");
    const [first, second, third] = parseLyrics(lrc);
    expect(first).toMatchObject({ time: 61, text: "Around the world", words: [{ time: 61, text: "Around" }, { time: 61.2, text: "the" }, { time: 61.5, text: "world" }] });
    expect(second).toMatchObject({ time: 63, text: "恋の歌", words: [{ text: "恋" }, { text: "の" }, { text: "歌" }] });
    expect(third).toMatchObject({ time: 65, text: "Go!" });
  });

  it("gives whole lines only, whatever the words", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 }), { maxLength: 5 }), fc.array(fc.double({ min: 0.01, max: 2, noNaN: true }), { maxLength: 30 }), (words, steps) => {
        let now = 0;
        const session = steps.reduce((before, step) => tap(before, (now += step)), beginTaps(words));
        const stamped = toLrc(song, session).split("\n").slice(3, -1);
        expect(stamped).toHaveLength(placeOf(session).line);
      }),
    );
  });
});

interface TapSetup {
  dir: string;
  store: SongStore;
  save(lrc: string, title?: string): Promise<Reply | undefined>;
  /** Songs whose lyrics were looked up anew. */
  loaded: string[];
}

function setUp(folder: boolean): TapSetup {
  const temp = tempDir();
  onTestFinished(() => temp.remove());
  const dir = temp.join("own");
  mkdirSync(dir);
  const store = new SongStore(temp.join("lyrics"));
  const loaded: string[] = [];
  const current = new CurrentSong({ steps: [], board: { begin: () => {}, enter: () => {} }, onSong: () => {}, onWorked: ({ track }) => loaded.push(track?.title ?? ""), onProblem: () => {} });
  current.begin({ artist: "A", title: "T" });
  const { save_lyrics } = saveLyricsCommand({ current, store, folder: () => (folder ? dir : "") });
  const peer = { id: 1, connectedAt: 0, send: () => {}, on: () => () => {}, close: () => {} };
  return { dir, store, loaded, save: async (lrc, title = "T") => save_lyrics?.run({ type: "command", cmd: "save_lyrics", artist: "A", title, lrc }, peer) };
}

describe("lyrics that somebody made", () => {
  it("are a file of the folder; what was there stays beside it", async () => {
    const { dir, store, save, loaded } = setUp(true);
    writeFileSync(path.join(dir, "A - T.lrc"), "old");
    await store.put({ artist: "A", title: "T", fetched_at: 1, lyrics: { synced: "[00:01.00]x", plain: null, instrumental: false }, source: "lrclib", id: "1", picked: true });
    expect(await save("[00:01.00]new")).toMatchObject({ success: true, data: { file: path.join(dir, "A - T.lrc") } });
    expect(readFileSync(path.join(dir, "A - T.lrc"), "utf8")).toBe("[00:01.00]new");
    expect(readFileSync(path.join(dir, "A - T.lrc.before"), "utf8")).toBe("old");
    expect(store.get({ artist: "A", title: "T" })).toBeUndefined();
    await waitFor("it to be looked up", () => loaded.join() === "T");
  });

  it("lie nowhere else, whatever the title", async () => {
    const { dir, save } = setUp(true);
    for (const title of ["../../x", "..", "a/b\\c:d", "x".repeat(300), "\u202e\u0000q"]) expect(await save("[00:01.00]new", title)).toMatchObject({ success: true });
    expect(readdirSync(dir)).toHaveLength(5);
    expect(existsSync(path.join(dir, "..", "x.lrc"))).toBe(false);
  });

  it("are kept in the store without a folder, as picked", async () => {
    const { store, save } = setUp(false);
    expect(await save("[00:01.00]new")).toMatchObject({ success: true, data: { file: null } });
    expect(store.get({ artist: "A", title: "T" })).toMatchObject({ picked: true, source: "tap", lyrics: { synced: "[00:01.00]new" } });
  });

  it("need a time", async () => {
    expect(await setUp(false).save("just words")).toMatchObject({ success: false, message: expect.stringContaining("no line with a time") });
  });
});
