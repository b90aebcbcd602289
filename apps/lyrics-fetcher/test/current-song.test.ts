import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CurrentSong, retryAfter } from "../src/current-song.ts";
import { PipelineBoard } from "../src/pipeline.ts";
import { SourceError } from "../src/sources/lyrics-source.ts";
import type { FoundLyrics } from "../src/song.ts";
import { parseLines } from "../src/steps/parse-lrc.ts";
import type { Step } from "../src/steps/step.ts";

interface LyricsResult {
  lyrics: FoundLyrics | null;
  origin: string;
  fault?: string | null;
}

const found = (synced: string | null): LyricsResult => ({ lyrics: { synced, plain: "x", instrumental: false }, origin: "lrclib", fault: null });
const one = { artist: "A", title: "One" };
const two = { artist: "A", title: "Two" };

interface Search {
  title: string;
  signal: AbortSignal;
  answer(result: LyricsResult): void;
  fail(reason: string, retryMs?: number): void;
}

interface SongSetup {
  song: CurrentSong;
  searches: Search[];
  shown: string[];
  board: PipelineBoard;
}

function setUp(): SongSetup {
  const searches: Search[] = [];
  const shown: string[] = [];
  const fetching: Step = {
    name: "fetch_lyrics",
    run: (wanted, signal) =>
      new Promise((resolve, reject) => {
        const answer = (result: LyricsResult): void => resolve({ ...wanted, ...result });
        searches.push({ title: wanted.track?.title ?? "", signal, answer, fail: (reason, retryMs) => reject(new SourceError(reason, { retryMs })) });
      }),
  };
  const board = new PipelineBoard({ names: ["fetch_lyrics", "parse_lrc", "send_osc"], onBegin: () => {}, onStep: () => {} });
  const song = new CurrentSong({
    steps: [fetching, parseLines],
    board,
    onWorked: () => {},
    onSong: ({ lines, track }) => shown.push(`${track?.title ?? "none"} ${lines.length}`),
    onProblem: () => {},
  });
  return { song, searches, shown, board };
}

describe("the current song", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is shown without lyrics first, then with them", async () => {
    const { song, searches, shown, board } = setUp();
    const loaded = song.load(one);
    expect(board.steps).toMatchObject({ fetch_lyrics: { state: "running" }, parse_lrc: { state: "pending" } });
    searches[0]?.answer(found("[00:01.00]x"));
    expect(await loaded).toBe(true);
    expect(shown).toEqual(["One 0", "One 1"]);
    expect(song).toMatchObject({ hasLyrics: true, answered: true, problem: null });
  });

  it("is the last one wanted, however late the answer to another comes", async () => {
    const { song, searches, shown } = setUp();
    const [first, second] = [song.load(one), song.load(two)];
    expect(searches[0]?.signal.aborted).toBe(true);
    searches[1]?.answer(found("[00:01.00]x"));
    expect(await second).toBe(true);
    searches[0]?.answer(found("[00:01.00]x\n[00:02.00]y"));
    expect(await first).toBe(false);
    expect(shown).toEqual(["One 0", "Two 0", "Two 1"]);
  });

  it("is asked for again when nobody could tell, until another is wanted", async () => {
    const { song, searches, board, shown } = setUp();
    const loaded = song.load(one);
    searches[0]?.fail("no network");
    expect(await loaded).toBe(true);
    expect(song).toMatchObject({ problem: "no network", serviceProblem: "no network", asksAgain: true, answered: false });
    expect(board.steps).toMatchObject({ fetch_lyrics: { state: "error", reason: "no network" }, parse_lrc: { state: "skipped" }, send_osc: { state: "skipped" } });
    expect(shown).toEqual(["One 0"]);
    vi.advanceTimersByTime(retryAfter(0));
    expect(searches.map(({ title }) => title)).toEqual(["One", "One"]);
    searches[1]?.fail("no network");
    await vi.advanceTimersByTimeAsync(1000);
    song.begin(two);
    await vi.advanceTimersByTimeAsync(2 * retryAfter(1));
    expect(searches).toHaveLength(2);
    // Whether the service is back is not known before it has answered.
    expect(song).toMatchObject({ problem: null, serviceProblem: "no network", asksAgain: false, track: two });
    const again = song.load(two);
    searches[2]?.answer(found("[00:01.00]x"));
    await again;
    expect(song.serviceProblem).toBeNull();
  });

  it("is not held against other services that one of before was away", async () => {
    const { song, searches } = setUp();
    void song.load(one);
    searches[0]?.fail("no network");
    await vi.advanceTimersByTimeAsync(1);
    song.forgetServices();
    expect(song).toMatchObject({ serviceProblem: null, away: undefined });
  });

  it("is asked for again later and later, and when the service allows it", async () => {
    const { song, searches } = setUp();
    void song.load(one);
    searches[0]?.fail("no network");
    await vi.advanceTimersByTimeAsync(5000);
    searches[1]?.fail("no network");
    await vi.advanceTimersByTimeAsync(9999);
    expect(searches).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    searches[2]?.fail("429", 90_000);
    await vi.advanceTimersByTimeAsync(89_999);
    expect(searches).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(searches).toHaveLength(4);
    expect([retryAfter(3), retryAfter(4), retryAfter(99)]).toEqual([40_000, 60_000, 60_000]);
  });

  it("may be shown though a service is away, which is said", async () => {
    const { song, searches } = setUp();
    const loaded = song.load(one);
    searches[0]?.answer({ ...found("[00:01.00]x"), fault: "504; what was found before is shown" });
    await loaded;
    expect(song).toMatchObject({ hasLyrics: true, problem: null, serviceProblem: "504; what was found before is shown" });
  });

  it("is not asked for without both names", async () => {
    const { song, searches } = setUp();
    expect(await song.load({ artist: "", title: "One" })).toBe(true);
    expect(searches).toEqual([]);
    expect(song.problem).toMatch(/both artist and title/);
  });

  it("reports its result", async () => {
    const { song, searches } = setUp();
    const outcomes: string[] = [];
    const results: LyricsResult[] = [
      { lyrics: null, origin: "cache" },
      found(null),
      { lyrics: { synced: null, plain: null, instrumental: true }, origin: "lrclib" },
    ];
    for (const result of results) {
      const loaded = song.load(one);
      searches.at(-1)?.answer(result);
      await loaded;
      outcomes.push(song.outcome());
    }
    expect(outcomes).toEqual([
      "LRCLIB has no lyrics of A - One",
      expect.stringContaining("without time stamps"),
      expect.stringContaining("instrumental"),
    ]);
  });
});
