import { describe, expect, it, onTestFinished } from "vitest";
import { tempDir } from "@vj/test-kit";
import { parseLyrics, timingOf } from "../src/parse-lyrics.ts";
import { PictureCache } from "../src/images/picture-cache.ts";
import { PictureFolder } from "../src/images/picture-folder.ts";
import { PictureMaker } from "../src/images/picture-maker.ts";
import { MeaningStore } from "../src/meaning/meaning-store.ts";
import { Understanding } from "../src/meaning/understanding.ts";
import { prepareSong } from "../src/prepare/prepare-song.ts";
import type { PreparedSong } from "../src/prepare/prepare-song.ts";
import { parseLines } from "../src/steps/parse-lrc.ts";
import type { Step } from "../src/steps/step.ts";
import { fails, says, standInModel } from "./helpers/stand-in-model.ts";
import type { StandInModel } from "./helpers/stand-in-model.ts";

const answer = JSON.stringify({ mood: "calm", energy: 0.2, valence: 0.1, categories: { calm: 0.9 }, themes: ["sea"], adjectives: [], keywords: [], refrain_lines: [] });
const question = { artist: "A", title: "Now", lines: [{ text: "fire" }] };

interface PrepareSetup {
  model: StandInModel;
  understanding: Understanding;
  prepare(synced: string | null | Error, signal?: AbortSignal): Promise<PreparedSong>;
}

async function setUp(): Promise<PrepareSetup> {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  const model = await standInModel(says(answer));
  const settings = () => ({ enabled: true, url: model.url, model: "", key: "", perHour: 100 });
  const understanding = new Understanding({ store: new MeaningStore(dir.join("meaning")), settings, onMeaning: () => {}, onProblem: () => {} });
  onTestFinished(() => understanding.stop());
  const maker = new PictureMaker(new PictureCache(dir.join("images")), () => ({ enabled: false, url: "", workflow: "", timeoutMs: 1 }));
  return {
    model,
    understanding,
    prepare: (synced, signal = new AbortController().signal) => {
      const fetching: Step = {
        name: "fetch_lyrics",
        run: async (song) => {
          if (synced instanceof Error) throw synced;
          return { ...song, lyrics: synced === null ? null : { synced, plain: null, instrumental: false }, origin: "lrclib" };
        },
      };
      return prepareSong({ artist: "A", title: "Later" }, { steps: [fetching, parseLines], understanding, pictures: new PictureFolder(() => ""), maker }, signal);
    },
  };
}

describe("a song that plays later", () => {
  it("is asked for once, and says what is there", async () => {
    const { model, prepare } = await setUp();
    expect(await prepare("[00:01.00]blue water")).toEqual({ artist: "A", title: "Later", lyrics: "lines", lines: 1, origin: "lrclib", meaning: "model", image: null, problems: [] });
    expect(await prepare("[00:01.00]blue water")).toMatchObject({ meaning: "model" });
    expect(model.chats).toHaveLength(1);
    expect(await prepare("[00:01.00]<00:01.00>blue <00:01.50>water")).toMatchObject({ lyrics: "words" });
    const few = "[00:01.00]<00:01.00>blue <00:01.50>water\n[00:03.00]and more\n[00:05.00]of it";
    expect([await prepare(few), timingOf(parseLyrics(few))]).toEqual([expect.objectContaining({ lyrics: "lines" }), "lines"]);
  });

  it("says what is missing, and why", async () => {
    const { model, prepare } = await setUp();
    expect(await prepare(null)).toMatchObject({ lyrics: "none", meaning: "none", problems: [] });
    expect(await prepare(new Error("no network"))).toMatchObject({ lyrics: "unknown", problems: ["no network"] });
    model.answer = fails(500);
    expect(await prepare("[00:01.00]calm water")).toMatchObject({ lyrics: "lines", meaning: "rules", problems: [expect.stringContaining("500")] });
    expect(model.chats).toHaveLength(1);
  });

  it("waits for the one that plays, whose question goes first, and is not lost by it", async () => {
    const { model, understanding, prepare } = await setUp();
    const held: (() => void)[] = [];
    model.answer = (response) => void held.push(() => says(answer)(response));
    const prepared = prepare("[00:01.00]blue water");
    await expect.poll(() => held.length).toBe(1);
    understanding.begin(question);
    await expect.poll(() => held.length).toBe(2);
    expect(model.chats[1]?.messages[1]?.content).toContain("Title: Now");
    held[1]?.();
    await expect.poll(() => held.length).toBe(3);
    held[2]?.();
    expect(await prepared).toMatchObject({ meaning: "model" });
    expect(understanding.meaning?.source).toBe("model");
  });

  it("ends when nobody waits for it any more", async () => {
    const { model, prepare } = await setUp();
    model.answer = () => {};
    const stop = new AbortController();
    const prepared = prepare("[00:01.00]blue water", stop.signal);
    await expect.poll(() => model.chats.length).toBe(1);
    stop.abort();
    await expect(prepared).rejects.toThrow(/abort/);
  });
});
