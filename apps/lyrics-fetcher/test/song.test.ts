import { describe, expect, it, onTestFinished, vi } from "vitest";
import { keywords, wordMeaning } from "../src/meaning/words.ts";
import { normalizeLine, refrainLines } from "../src/refrain.ts";
import { newSong } from "../src/song.ts";
import type { Song } from "../src/song.ts";
import { PipelineBoard, runPipeline } from "../src/pipeline.ts";
import { findRefrain } from "../src/steps/analyze-refrain.ts";
import { extractKeywords } from "../src/steps/extract-keywords.ts";
import { parseLines } from "../src/steps/parse-lrc.ts";
import type { Step } from "../src/steps/step.ts";

describe("the refrain", () => {
  it("is what occurs twice, whatever its case and punctuation, in any script", () => {
    const texts = ["Around the world!", "verse", "around the world", "", "", "恋の歌。", "恋の歌", "…", "…"];
    expect(refrainLines(texts)).toEqual([true, false, true, false, false, true, true, false, false]);
  });
  it("keeps letters outside ASCII apart", () => {
    expect(normalizeLine("Où es-tu?")).toBe("où estu");
    expect(refrainLines(["été", "t"])).toEqual([false, false]);
  });
});

describe("the keywords of a line", () => {
  it.each([
    ["I don't know the naïve girl", ["DON'T", "KNOW", "NAÏVE"]],
    ["You and I, we’re on the run", ["RUN"]],
    ["Love, love me do", ["LOVE"]],
    ["恋の歌", ["恋", "歌"]],
    ["Москва слезам не верит", ["МОСКВА", "СЛЕЗАМ", "ВЕРИТ"]],
    ["Wir fahr'n fahr'n fahr'n auf der Autobahn", ["FAHR'N", "AUTOBAHN"]],
    ["사랑 해요", ["사랑", "해요"]],
    ["24 7 365", []],
    ["oh na na", []],
    ["", []],
  ])("%j", (text, expected) => {
    expect(keywords(text)).toEqual(expected);
  });
});

const steps: readonly Step[] = [parseLines, findRefrain, extractKeywords([wordMeaning])];

interface Run {
  song: Song;
  failed: string[];
  /** Steps and states in order. */
  sent: string[];
  board: PipelineBoard;
}

async function run(synced: string, chosen = steps): Promise<Run> {
  const sent: string[] = [];
  const board = new PipelineBoard({ names: chosen.map(({ name }) => name), onBegin: () => sent.push("begin"), onStep: (name, state) => sent.push(`${name} ${state}`) });
  const lyrics = { synced, plain: null, instrumental: false };
  const wanted = { ...newSong({ artist: "A", title: "T" }), lyrics };
  const { song, failures } = await runPipeline(chosen, wanted, new AbortController().signal, (...step) => board.enter(...step));
  return { song, failed: failures.map(({ step }) => step), sent, board };
}

describe("a song", () => {
  it("gets its refrain and keywords, each with the line that they belong to", async () => {
    const { song, sent } = await run("[00:01.00]Around the world\n[00:02.00]Verse\n[00:03.00]\n[00:04.00]Around the world");
    expect(song?.lines).toHaveLength(4);
    expect(song?.refrain).toEqual([
      { time: 1, text: "Around the world", line: 0 },
      { time: 4, text: "Around the world", line: 3 },
    ]);
    expect(song?.keywords.map(({ line, text }) => [line, text])).toEqual([
      [0, "AROUND WORLD"],
      [1, "VERSE"],
      [3, "AROUND WORLD"],
    ]);
    expect(sent).toEqual(["parse_lrc", "analyze_refrain", "extract_keywords"].flatMap((step) => [`${step} running`, `${step} complete`]));
  });

  it("without time stamps passes every step unchanged", async () => {
    const { song, board } = await run("only words");
    expect([song.lines, song.keywords]).toEqual([[], []]);
    expect(Object.values(board.steps).map(({ state }) => state)).toEqual(["skipped", "skipped", "skipped"]);
  });

  it("goes on after a step that failed, with what there is", async () => {
    const broken: Step = { name: "broken", run: () => Promise.reject(new Error("no service")) };
    const { song, failed, board } = await run("[00:01.00]x\n[00:02.00]x", [parseLines, broken, findRefrain]);
    expect(song.refrain).toHaveLength(2);
    expect(failed).toEqual(["broken"]);
    expect(board.steps).toMatchObject({ broken: { state: "error", reason: "no service" }, analyze_refrain: { state: "complete", reason: null } });
  });

  it("is not worked on any more once it is cancelled", async () => {
    const stop = new AbortController();
    const entered: string[] = [];
    const slow: Step = { name: "slow", run: async () => (stop.abort(), Promise.reject(new Error("late"))) };
    await expect(runPipeline([slow, parseLines], newSong(undefined), stop.signal, (name, state) => entered.push(`${name} ${state}`))).rejects.toThrow(/abort/);
    expect(entered).toEqual(["slow running"]);
  });
});

describe("the steps", () => {
  it("are timed while they run, and keep their time", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const sent: unknown[] = [];
    const board = new PipelineBoard({ names: ["a", "b"], onBegin: () => sent.push("begin"), onStep: (...step) => sent.push(step) });
    board.begin();
    board.enter("a", "running");
    vi.advanceTimersByTime(1500);
    expect(board.steps["a"]).toEqual({ state: "running", seconds: 1.5, reason: null });
    board.enter("a", "complete");
    vi.advanceTimersByTime(1500);
    expect(board.steps).toEqual({ a: { state: "complete", seconds: 1.5, reason: null }, b: { state: "pending", seconds: 0, reason: null } });
    expect(sent).toEqual(["begin", ["a", "pending", 0], ["b", "pending", 0], ["a", "running", 0], ["a", "complete", 1.5]]);
    board.begin();
    expect(board.steps["a"]?.state).toBe("pending");
  });
});
