import { describe, expect, it } from "vitest";
import { keywords, wordMeaning } from "../src/meaning/words.ts";
import { normalizeLine, refrainLines } from "../src/refrain.ts";
import { newSong } from "../src/song.ts";
import type { Song } from "../src/song.ts";
import { pendingPipeline, runPipeline } from "../src/pipeline.ts";
import type { Pipeline } from "../src/pipeline.ts";
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

async function run(synced: string, chosen = steps): Promise<{ song: Song | undefined; states: Pipeline[] }> {
  const states: Pipeline[] = [];
  const lyrics = { synced, plain: null, instrumental: false };
  const song = await runPipeline(chosen, { ...newSong({ artist: "A", title: "T" }), lyrics }, new AbortController().signal, (state) => states.push(state)).catch(() => undefined);
  return { song, states };
}

describe("a song", () => {
  it("gets its refrain and keywords, each with the line that they belong to", async () => {
    const { song, states } = await run("[00:01.00]Around the world\n[00:02.00]Verse\n[00:03.00]\n[00:04.00]Around the world");
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
    expect(pendingPipeline(steps)).toEqual({ parse_lrc: "pending", analyze_refrain: "pending", extract_keywords: "pending" });
    expect(states[0]).toEqual({ parse_lrc: "running", analyze_refrain: "pending", extract_keywords: "pending" });
    expect(states.at(-1)).toEqual({ parse_lrc: "complete", analyze_refrain: "complete", extract_keywords: "complete" });
  });

  it("without time stamps passes every step unchanged", async () => {
    const { song, states } = await run("only words");
    expect([song?.lines, song?.keywords]).toEqual([[], []]);
    expect(states.at(-1)).toEqual({ parse_lrc: "skipped", analyze_refrain: "skipped", extract_keywords: "skipped" });
  });

  it("is not worked on after a step that failed", async () => {
    const broken: Step = { name: "broken", run: () => Promise.reject(new Error("no")) };
    const { song, states } = await run("[00:01.00]x", [parseLines, broken, findRefrain]);
    expect(song).toBeUndefined();
    expect(states.at(-1)).toEqual({ parse_lrc: "complete", broken: "error", analyze_refrain: "skipped" });
  });
});
