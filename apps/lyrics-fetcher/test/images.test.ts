import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { tempDir, waitFor } from "@vj/test-kit";
import { imagePrompt } from "../src/images/image-prompt.ts";
import { PictureCache } from "../src/images/picture-cache.ts";
import { PictureFolder } from "../src/images/picture-folder.ts";
import { PictureMaker } from "../src/images/picture-maker.ts";
import { SongImages } from "../src/images/song-images.ts";
import { fillWorkflow, readWorkflow } from "../src/images/workflow.ts";
import { guessMeaning } from "../src/meaning/rules.ts";
import { png, standInComfyui } from "./helpers/stand-in-comfyui.ts";

function newDir(files: Record<string, string | Buffer> = {}): string {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(dir.join(name)), { recursive: true });
    writeFileSync(dir.join(name), content);
  }
  return dir.path;
}

const song = { artist: "Daft Punk", title: "Around the World (Radio Edit)" };

describe("prepared pictures", () => {
  it.each([
    ["Daft Punk - Around the World.png"],
    ["daft_punk-around_the_world.JPG"],
    ["Daft Punk - Around the World (Radio Edit) 2.gif"],
    ["Around the World - Daft Punk.png"],
    ["Daft Punk/Around the World.png"],
    ["set/Daft Punk - Around the World/1.png"],
  ])("of a song: %s", async (name) => {
    const dir = newDir({ [name]: png, "Daft Punk - Aerodynamic.png": png, "calm.png": png });
    expect(await new PictureFolder(() => dir).ofSong(song)).toBe(path.join(dir, name));
  });

  it("of a mood, by name or folder, else the default one; a song always has the same", async () => {
    const dir = newDir({ "calm/a.png": png, "calm/b.png": png, "calm/c.png": png, "Calm 2.jpg": png, "default.png": png });
    const folder = new PictureFolder(() => dir);
    const songs = Array.from({ length: 20 }, (_, index) => ({ artist: "A", title: `${index}` }));
    const found = await Promise.all(songs.map((one) => folder.ofMood("calm", one)));
    expect(new Set(found).size).toBe(4);
    expect(await folder.ofMood("calm", { artist: "A", title: "3" })).toBe(found[3]);
    expect(await folder.ofMood("sad", song)).toBe(path.join(dir, "default.png"));
    expect(await folder.ofSong(song)).toBeUndefined();
  });

  it("are never other kinds of files, even under a picture's name", async () => {
    const dir = newDir({ "calm.png": "text", "calm 2.txt": png, ".calm 3.png": png, "calm 4.png": "" });
    symlinkSync("/nowhere", path.join(dir, "calm 5.png"));
    expect(await new PictureFolder(() => dir).ofMood("calm", song)).toBeUndefined();
  });

  it("are missed with the reason when their folder is not there", async () => {
    const folder = new PictureFolder(() => "/nowhere/at/all");
    expect(await folder.ofSong(song)).toBeUndefined();
    expect(folder.problem).toBe("images_dir cannot be read: the folder /nowhere/at/all does not exist: make it, or set another");
    expect(new PictureFolder(() => "").problem).toBeNull();
  });
});

describe("made pictures", () => {
  it("are kept, the ones used last", async () => {
    const dir = path.join(newDir(), "images");
    const cache = new PictureCache(dir);
    expect(await cache.get("0")).toBeUndefined();
    for (let index = 0; index < 201; index += 1) {
      const file = await cache.put(`${index}`, png, "png");
      utimesSync(file, new Date(index), new Date(index));
      if (index === 199) await cache.get("0");
    }
    writeFileSync(path.join(dir, "x.1.part"), "");
    await cache.put("last", png, "jpg");
    expect(readdirSync(dir)).toHaveLength(200);
    expect(await cache.get("0")).toMatch(/\.png$/);
    expect([await cache.get("1"), await cache.get("2")]).toEqual([undefined, undefined]);
    expect(await cache.get("last")).toMatch(/\.jpg$/);
  });

  const nodes = { 3: { class_type: "KSampler", inputs: { seed: "{{seed}}", steps: 20 } }, 6: { class_type: "CLIPTextEncode", inputs: { text: "vj, {{ prompt }}, {{mood}}", clip: ["4", 1] } } };
  it("have the song in their workflow", () => {
    const dir = newDir({ "w.json": `\uFEFF${JSON.stringify(nodes)}` });
    const values = { prompt: 'a "quoted" {{seed}} sea', seed: 7, artist: "A", title: "T", mood: "calm" };
    const filled = fillWorkflow(readWorkflow(path.join(dir, "w.json")), values);
    expect(filled).toEqual({ 3: { class_type: "KSampler", inputs: { seed: 7, steps: 20 } }, 6: { class_type: "CLIPTextEncode", inputs: { text: 'vj, a "quoted" {{seed}} sea, calm', clip: ["4", 1] } } });
  });

  it.each([
    ["", /set comfyui_workflow to the file/],
    ["missing.json", /does not exist/],
    ["text.json", /it is not JSON: line 1, column 1/],
    ["screen.json", /export it as API/],
    ["plain.json", /put \{\{prompt\}\}/],
    [".", /not a file but a directory/],
  ])("need a workflow: %j", (name, why) => {
    const dir = newDir({ "text.json": "hello", "screen.json": JSON.stringify({ nodes: [], links: [] }), "plain.json": JSON.stringify({ 1: { class_type: "X", inputs: {} } }) });
    expect(() => readWorkflow(name === "" ? "" : path.join(dir, name))).toThrow(why);
  });

  it("are described by a model, else by what is known", () => {
    const meaning = guessMeaning({ artist: "A", title: "T", lines: [{ text: "calm water, quiet night" }] });
    expect(imagePrompt({ artist: "A", title: "T" }, { ...meaning, imagePrompt: "a lake" })).toBe("a lake");
    expect(imagePrompt({ artist: "A", title: "T" }, meaning)).toMatch(/^"T", calm mood, .*water.*, no text$/);
    expect(imagePrompt({ artist: "A", title: "T" }, undefined)).toBe('"T", abstract stage visual, no text');
  });
});

interface ImagesSetup {
  images: SongImages;
  shown: (string | undefined)[];
  /** The last state of each step, with its reason. */
  steps: Map<string, string>;
}

function setUp(dir: string, comfyui?: { url: string; workflow: string }): ImagesSetup {
  const shown: (string | undefined)[] = [];
  const steps = new Map<string, string>();
  const maker = new PictureMaker(new PictureCache(path.join(newDir(), "images")), () => ({ enabled: comfyui !== undefined, url: comfyui?.url ?? "", workflow: comfyui?.workflow ?? "", timeoutMs: 20_000 }));
  const enter = (step: string, state: string, reason: string | null = null): void => void steps.set(step, reason === null ? state : `${state}: ${reason}`);
  const images = new SongImages({ folder: new PictureFolder(() => dir), maker, enter, show: (file) => shown.push(file === undefined ? file : path.basename(file)), onProblem: () => {} });
  onTestFinished(() => images.stop());
  return { images, shown, steps };
}

const calm = guessMeaning({ artist: "A", title: "T", lines: [{ text: "calm and quiet" }] });
const workflow = JSON.stringify({ 6: { class_type: "CLIPTextEncode", inputs: { text: "{{prompt}}" } } });

describe("the picture of a song", () => {
  it("is its own, else one of its mood; none clears it", async () => {
    const dir = newDir({ "A - One.png": png, "calm.png": png });
    const { images, shown, steps } = setUp(dir);
    images.begin({ artist: "A", title: "One" });
    images.understood(calm, true);
    await waitFor("its own", () => steps.get("comfyui_generate") !== undefined);
    expect(shown).toEqual(["A - One.png"]);
    expect(steps.get("comfyui_generate")).toBe("skipped: the song has a picture of its own");
    images.begin({ artist: "A", title: "Two" });
    images.understood(calm, true);
    await waitFor("the mood", () => shown.length === 3);
    expect(shown.slice(1)).toEqual([undefined, "calm.png"]);
    await waitFor("the end", () => steps.get("comfyui_generate") === "skipped: comfyui_enabled is off");
    // The same song again changes nothing.
    images.begin({ artist: "A", title: "Two" });
    images.begin(undefined);
    await waitFor("the end", () => shown.length === 4);
    expect(shown[3]).toBeUndefined();
  });

  it("is made by ComfyUI once, shown when it is there, and made no more when another song plays", async () => {
    const comfyui = await standInComfyui();
    const files = newDir({ "w.json": workflow });
    const { images, shown, steps } = setUp(newDir({ "calm.png": png }), { url: comfyui.url, workflow: path.join(files, "w.json") });
    const one = { artist: "A", title: "One" };
    images.begin(one);
    images.understood(calm, false);
    images.understood(calm, true);
    images.understood(calm, true);
    await waitFor("the prompt", () => comfyui.prompts.length === 1);
    expect(shown).toEqual(["calm.png"]);
    comfyui.finish();
    comfyui.say("execution_success", {});
    await waitFor("the picture", () => shown.length === 2);
    expect(steps).toEqual(new Map([["find_image", "complete"], ["generate_image_prompt", "complete"], ["comfyui_generate", "complete"]]));
    expect(comfyui.prompts[0]?.prompt["6"]?.inputs["text"]).toContain('"One", calm mood');
    images.begin({ artist: "A", title: "Two" });
    images.understood(calm, true);
    await waitFor("the second", () => comfyui.prompts.length === 2);
    images.begin(one);
    images.understood(calm, true);
    await waitFor("the first again", () => shown.at(-1) === shown[1]);
    await waitFor("the second to be taken back", () => comfyui.deleted.length === 1);
    expect(comfyui.prompts).toHaveLength(2);
  });

  it("stays that of the mood when ComfyUI is away, and says why", async () => {
    const files = newDir({ "w.json": workflow });
    const { images, shown, steps } = setUp(newDir({ "calm.png": png }), { url: "http://127.0.0.1:9", workflow: path.join(files, "w.json") });
    images.begin({ artist: "A", title: "One" });
    images.understood(calm, true);
    await waitFor("the fault", () => steps.get("comfyui_generate")?.startsWith("error: ComfyUI at http://127.0.0.1:9") === true);
    expect(shown).toEqual(["calm.png"]);
  });
});
