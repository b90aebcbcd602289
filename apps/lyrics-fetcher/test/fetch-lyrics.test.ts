import { tempDir } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { newSong } from "../src/song.ts";
import type { FoundLyrics, Song } from "../src/song.ts";
import { SongStore } from "../src/song-store.ts";
import { SourceError } from "../src/sources/lyrics-source.ts";
import type { Candidate, LyricsSource } from "../src/sources/lyrics-source.ts";
import { fetchLyrics } from "../src/steps/fetch-lyrics.ts";

const track = { artist: "A", title: "T", duration: 100 };
const timed: FoundLyrics = { synced: "[00:01.00]x", plain: null, instrumental: false };
const plain: FoundLyrics = { synced: null, plain: "x", instrumental: false };
const day = 86_400_000;

/** A source in the place of a real one; `asked` counts. */
function standIn(name: string, answer: FoundLyrics | undefined | Error): LyricsSource & { asked: number } {
  const source = {
    name,
    asked: 0,
    find: async (): Promise<Candidate[]> => {
      source.asked += 1;
      if (answer instanceof Error) throw answer;
      return answer === undefined ? [] : [{ id: `${name}:1`, source: name, ...track, album: "", lyrics: answer, exact: false }];
    },
  };
  return source;
}

function rig(sources: readonly LyricsSource[], own: readonly LyricsSource[] = []): { store: SongStore; run(): Promise<Song | undefined> } {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  const store = new SongStore(dir.path);
  const step = fetchLyrics({ own, sources, store, onProblem: () => {} });
  return { store, run: () => step.run(newSong(track), new AbortController().signal) };
}

describe("the search for lyrics", () => {
  it("takes own files first, then what is stored, then the sources in their order", async () => {
    const [file, first, second] = [standIn("folder", timed), standIn("first", undefined), standIn("second", timed)];
    expect(await rig([first, second], [file]).run()).toMatchObject({ origin: "folder", lyrics: timed });
    expect(first.asked).toBe(0);
    const { run, store } = rig([first, second], [standIn("folder", undefined)]);
    expect(await run()).toMatchObject({ origin: "second", fault: null });
    expect(await run()).toMatchObject({ origin: "cache" });
    expect([first.asked, second.asked, store.get(track)?.source]).toEqual([1, 1, "second"]);
  });

  it("asks anew for another song, or version, of the same name", async () => {
    const source = standIn("first", timed);
    const { run, store } = rig([source]);
    await store.put({ ...track, duration: 290, fetched_at: Date.now(), lyrics: timed, source: "x", id: "x:1", picked: false });
    expect([(await run())?.origin, (await run())?.origin, source.asked, store.get(track)?.duration]).toEqual(["first", "cache", 1, 100]);
    await store.put({ ...track, duration: 290, fetched_at: Date.now(), lyrics: timed, source: "x", id: "x:1", picked: true });
    expect((await run())?.origin).toBe("cache");
  });

  it("takes what a person picked before everything", async () => {
    const { run, store } = rig([], [standIn("folder", timed)]);
    await store.put({ ...track, fetched_at: 0, lyrics: plain, source: "lrclib", id: "lrclib:7", picked: true });
    expect(await run()).toMatchObject({ origin: "cache", lyrics: plain });
  });

  it("goes on where there are no time stamps, and falls back to the text", async () => {
    expect(await rig([standIn("first", plain), standIn("second", timed)]).run()).toMatchObject({ origin: "second" });
    expect(await rig([standIn("first", plain), standIn("second", undefined)]).run()).toMatchObject({ origin: "first", lyrics: plain });
    const second = standIn("second", timed);
    expect(await rig([standIn("first", { synced: null, plain: null, instrumental: true }), second]).run()).toMatchObject({ lyrics: { instrumental: true } });
    expect(second.asked).toBe(0);
  });

  it("remembers for a day that there are none, but only when every source could be asked", async () => {
    const asked = standIn("first", undefined);
    const { run, store } = rig([asked]);
    expect(await run()).toMatchObject({ lyrics: null, origin: null, fault: null });
    await run();
    expect(asked.asked).toBe(1);
    await store.put({ ...track, fetched_at: Date.now() - 1.1 * day, lyrics: null, source: "", id: "", picked: false });
    await run();
    expect(asked.asked).toBe(2);
    const away = rig([standIn("first", undefined), standIn("second", new SourceError("503", { retryMs: 7 }))]);
    await expect(away.run()).rejects.toMatchObject({ message: "503", retryMs: 7 });
    expect(away.store.count).toBe(0);
  });

  it("is not stopped by a source that is away: another one counts, or what is stored, however old, and it is said", async () => {
    const away = standIn("first", new SourceError("it answered 504"));
    expect(await rig([away, standIn("second", timed)]).run()).toMatchObject({ origin: "second", fault: "it answered 504" });
    const { run, store } = rig([away]);
    await store.put({ ...track, fetched_at: Date.now() - 90 * day, lyrics: timed, source: "lrclib", id: "lrclib:1", picked: false });
    expect(await run()).toMatchObject({ origin: "cache", lyrics: timed, fault: expect.stringMatching(/it answered 504; what was found on \d{4}-\d\d-\d\d is shown/) });
    await store.put({ ...track, fetched_at: Date.now() - 90 * day, lyrics: null, source: "", id: "", picked: false });
    await expect(run()).rejects.toThrow("504");
  });

  it("looks anew for what is old", async () => {
    const { run, store } = rig([standIn("first", timed)]);
    await store.put({ ...track, fetched_at: Date.now() - 90 * day, lyrics: plain, source: "lrclib", id: "", picked: false });
    expect(await run()).toMatchObject({ origin: "first", lyrics: timed });
    expect(store.get(track)?.lyrics).toEqual(timed);
  });
});
