import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { serve, socketPath } from "@vj/control";
import { categories, subscribeArgsSchema, trackOsc } from "@vj/schema";
import type { Reply } from "@vj/schema";
import { createReceiver, createTelemetry } from "@vj/telemetry";
import type { Telemetry } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { WorkerProcess, workerContract } from "@vj/worker/testing";
import { environmentOverrides } from "../src/config.ts";
import { png } from "./helpers/stand-in-comfyui.ts";
import { json, standInLrclib } from "./helpers/stand-in-lrclib.ts";
import type { StandInLrclib } from "./helpers/stand-in-lrclib.ts";

const command = [process.execPath, path.join(import.meta.dirname, "../bin/lyrics-fetcher.js")] as const;
const env = { COMFYUI_ENABLED: "", OPENAI_API_KEY: "" };
const lrc = "[00:01.00]Around the world\n[00:02.00]Naïve verse\n[00:03.00]\n[00:04.00]Around the world";

describe("as a worker", () => {
  const subject = {
    name: "lyrics_fetcher",
    command,
    env,
    validConfig: { timing_offset_ms: 200, auto_fetch: false, lrclib_url: "http://127.0.0.1:9" },
    invalidConfig: { lrclib_url: "not an address" },
  };
  for (const { name, run } of workerContract(subject)) it(name, () => run());
});

interface FetcherSetup {
  worker: WorkerProcess;
  request(cmd: string, args?: Record<string, unknown>): Promise<Reply>;
  lrclib: StandInLrclib;
  /** Every message as text, in order. */
  sent: string[];
  state(): Promise<Record<string, unknown>>;
}

async function setUp(): Promise<FetcherSetup> {
  const lrclib = await standInLrclib(json({ syncedLyrics: lrc, plainLyrics: "words", instrumental: false }));
  const sent: string[] = [];
  const receiver = await createReceiver();
  receiver.on("message", ({ address, args }) => sent.push([address, ...args].join(" ")));
  onTestFinished(() => receiver.close());
  const targets = { VJ_OSC_TARGETS: `127.0.0.1:${receiver.port}` };
  const worker = await WorkerProcess.prepare("lyrics_fetcher", { command, env: { ...env, ...targets } });
  onTestFinished(() => worker.remove());
  const client = await worker.start();
  const request = (cmd: string, args = {}): Promise<Reply> => client.request(cmd, args, { timeoutMs: 15_000 });
  await request("set_config", { lrclib_url: lrclib.url, llm_enabled: false });
  return { worker, request, lrclib, sent, state: async () => (await request("get_state")).data ?? {} };
}

/** Somebody who publishes the track that counts, as `now_playing` does. */
async function standInPlayer(busDir: string): Promise<Telemetry> {
  const telemetry = createTelemetry({ table: trackOsc, targets: [] });
  const server = await serve({
    path: socketPath("now_playing", busDir),
    onCommand: (received, peer) => {
      peer.on("close", telemetry.subscribe(subscribeArgsSchema.parse(received)).end);
      return { type: "ack", success: true, message: null, data: null };
    },
  });
  onTestFinished(async () => {
    await server.close();
    await telemetry.close();
  });
  return telemetry;
}

describe("fetch_lyrics", () => {
  it("publishes lines, refrain and keywords, and remembers them", async () => {
    const { request, lrclib, sent, state } = await setUp();
    const song = { artist: "Daft Punk", title: "Around the World" };
    const reply = await request("fetch_lyrics", song);
    expect(reply).toMatchObject({ success: true, message: "Lyrics fetched and analyzed", data: { origin: "lrclib", lines: 4 } });
    await waitFor("the last message", () => sent.includes("/lyrics/available Daft Punk Around the World 1"));
    const lists = sent.slice(sent.lastIndexOf("/karaoke/lyrics/reset")).filter((line) => !/active|categories|meaning|pipeline|karaoke.word/.test(line));
    expect(lists).toEqual([
      "/karaoke/lyrics/reset",
      "/karaoke/refrain/reset",
      "/karaoke/keywords/reset Daft Punk - Around the World",
      "/karaoke/lyrics/line 0 1 Around the world",
      "/karaoke/lyrics/line 1 2 Naïve verse",
      "/karaoke/lyrics/line 2 3 ",
      "/karaoke/lyrics/line 3 4 Around the world",
      "/karaoke/refrain/line 0 1 Around the world",
      "/karaoke/refrain/line 1 4 Around the world",
      "/karaoke/keywords/line 0 1 AROUND WORLD",
      "/karaoke/keywords/line 1 2 NAÏVE VERSE",
      "/karaoke/keywords/line 2 4 AROUND WORLD",
      "/lyrics/available Daft Punk Around the World 1",
    ]);
    expect(await state()).toMatchObject({
      status: "running",
      llm_enabled: false,
      llm_available: false,
      llm_backend: "none",
      cached_count: 1,
      current_track: song,
      has_lyrics: true,
    });
    expect((await state())["pipeline"]).toEqual({
      fetch_lyrics: "complete",
      parse_lrc: "complete",
      analyze_refrain: "complete",
      extract_keywords: "complete",
      send_osc: "complete",
      categorize_song: "complete",
      llm_analysis: "skipped",
      find_image: "skipped",
      generate_image_prompt: "skipped",
      comfyui_generate: "skipped",
    });
    expect(sent.filter((line) => line.startsWith("/pipeline/step fetch_lyrics")).map((line) => line.split(" ")[2])).toEqual(["pending", "running", "complete"]);
    expect((await state())["pipeline_steps"]).toContainEqual({ name: "llm_analysis", state: "skipped", seconds: 0, reason: "llm_enabled is off" });
    expect((await request("fetch_lyrics", song)).data).toMatchObject({ origin: "cache" });
    expect(lrclib.requests).toHaveLength(1);
  });

  it("asks another service at once when that is set, and says nothing more of the one that was away", async () => {
    const { request, lrclib, state } = await setUp();
    const other = await standInLrclib(lrclib.answer);
    lrclib.answer = json({}, 503);
    await request("fetch_lyrics", { artist: "A", title: "T" });
    expect((await state())["condition"]).toMatchObject({ level: "degraded", todo: expect.stringContaining("asked again while the song plays") });
    await request("set_config", { lrclib_url: other.url });
    expect((await state())["condition"]).toMatchObject({ level: "ok" });
    await waitFor("its lyrics", async () => (await state())["has_lyrics"] === true);
    expect(other.requests).not.toEqual([]);
  });

  it("says that the service is away where it could not be asked, and not that there are none", async () => {
    const { request, lrclib, state } = await setUp();
    lrclib.answer = json({}, 503);
    await request("fetch_lyrics", { artist: "A", title: "T" });
    expect(await request("show_lyrics")).toMatchObject({ success: false, message: expect.stringMatching(/the lyrics service did not answer \(since .*; asked again (?:in \d+ s|now): .*503/) });
    expect(await request("show_lyrics", { artist: "A", title: "T" })).toMatchObject({ message: expect.stringContaining("did not answer (since") });
    expect(await request("show_lyrics", { artist: "A", title: "Other" })).toMatchObject({ message: expect.stringMatching(/no lyrics of A - Other are kept here, and the lyrics service did not answer the last time: .*503/) });
    expect((await state())["lyrics_away"]).toMatchObject({ problem: expect.stringContaining("503") });
    lrclib.answer = json({}, 404);
    await request("fetch_lyrics", { artist: "A", title: "T" });
    expect((await state())["lyrics_away"]).toBeNull();
    expect(await request("show_lyrics")).toMatchObject({ success: true, data: { lines: [] } });
  });

  it("says what is missing or wrong, and goes on", async () => {
    const { request, lrclib, state } = await setUp();
    const fetchLyrics = (title: string): Promise<unknown> =>
      request("fetch_lyrics", { artist: "A", title });
    expect(await request("fetch_lyrics", { artist: "A" })).toMatchObject({
      success: false,
      message: expect.stringContaining("title"),
    });
    lrclib.answer = json({}, 404);
    expect(await fetchLyrics("None")).toMatchObject({ success: false, message: "LRCLIB has no lyrics of A - None" });
    lrclib.answer = json({}, 504);
    expect(await fetchLyrics("Slow")).toMatchObject({ success: false, message: expect.stringContaining("504") });
    expect(await state()).toMatchObject({ has_lyrics: false, pipeline: { fetch_lyrics: "error", send_osc: "skipped" } });
    lrclib.answer = json({ syncedLyrics: null, plainLyrics: "words" });
    expect(await fetchLyrics("Plain")).toMatchObject({ success: true, message: expect.stringContaining("without time stamps") });
    lrclib.answer = json({ instrumental: true });
    expect(await fetchLyrics("Tune")).toMatchObject({ success: true, message: expect.stringContaining("instrumental") });
  });
});

describe("the track that plays", () => {
  it("has its lyrics fetched, and each line published when it is sung", async () => {
    const { worker, request, sent, state } = await setUp();
    const player = await standInPlayer(worker.busDir);
    player.send("/karaoke/track", [1, "spotify", "Daft Punk", "Around the World", "Homework", 429.5, 0]);
    await waitFor("the lyrics", async () => (await state())["has_lyrics"]);
    await waitFor("the word of it", () => sent.includes("/lyrics/available Daft Punk Around the World 1"));
    expect(sent.indexOf("/lyrics/available Daft Punk Around the World 0")).toBeLessThan(sent.indexOf("/lyrics/available Daft Punk Around the World 1"));
    const songs = sent.filter((line) => line === "/karaoke/lyrics/reset").length;
    player.send("/karaoke/track", [1, "spotify", "Daft Punk", "Around the World", "Homework", 429.5, 1]);
    player.send("/karaoke/pos", [1.5, 0]);
    await waitFor("the first line", () => sent.includes("/karaoke/line/active 0") && sent.includes("/karaoke/refrain/active 0 Around the world"));
    expect(sent.filter((line) => line === "/karaoke/lyrics/reset")).toHaveLength(songs);
    await request("set_config", { timing_offset_ms: 600 });
    await waitFor("the second line", () => sent.at(-1) === "/karaoke/word/active 0 Naïve");
    expect(sent.slice(-8)).toEqual([
      "/karaoke/line/active 1",
      "/karaoke/refrain/active -1 ",
      "/karaoke/keywords/active 1 NAÏVE VERSE",
      "/karaoke/word/active -1 ",
      "/karaoke/word/reset 1 1",
      "/karaoke/word/line 0 2 Naïve",
      "/karaoke/word/line 1 2.3499999046325684 verse",
      "/karaoke/word/active 0 Naïve",
    ]);
    player.send("/karaoke/track", [0, "spotify", "", "", "", 0, 0]);
    await waitFor("the end", async () => (await state())["current_track"] === null);
    await waitFor("no line", () => sent.findLastIndex((line) => line === "/karaoke/line/active -1") > sent.lastIndexOf("/karaoke/line/active 1"));
  });

  it("stays on show when another song or itself is fetched, and when its track comes again", async () => {
    const { worker, request, sent, state } = await setUp();
    const player = await standInPlayer(worker.busDir);
    const track = (hasLyrics: number): void => player.send("/karaoke/track", [1, "spotify", "A", "Playing", "", 100, hasLyrics]);
    track(0);
    await waitFor("its lyrics", () => sent.includes("/lyrics/available A Playing 1"));
    track(1);
    const before = sent.length;
    const other = { artist: "Daft Punk", title: "Around the World" };
    expect(await request("fetch_lyrics", other)).toMatchObject({ success: true, message: expect.stringContaining("Lyrics fetched and analyzed"), data: { lines: 4, shown: false } });
    expect(await request("fetch_lyrics", { artist: "A", title: "Playing" })).toMatchObject({ success: true, message: "Lyrics fetched and analyzed" });
    // A publisher that loses the lyrics worker and finds it again.
    track(0);
    track(1);
    player.send("/karaoke/pos", [1.5, 0]);
    await waitFor("the line", () => sent.includes("/karaoke/line/active 0"));
    expect(sent.slice(before).filter((line) => /available|reset (?!0)|lyrics.reset/.test(line) && !line.startsWith("/karaoke/word"))).toEqual([]);
    expect(await state()).toMatchObject({ current_track: { title: "Playing" }, has_lyrics: true, cached_count: 2 });
    // Another version of the song that plays has its lyrics in their place, without a gap.
    const { candidates } = (await request("list_candidates")).data as { candidates: { id: string }[] };
    expect(await request("pick_lyrics", { candidate: candidates[0]?.id })).toMatchObject({ success: true });

    expect(await request("save_lyrics", { artist: "A", title: "Playing", lrc: "[00:01.00]mine" })).toMatchObject({ success: true });
    await waitFor("the other version", () => sent.slice(before).includes("/karaoke/lyrics/line 0 1 mine"));
    expect(sent.slice(before).filter((line) => line === "/karaoke/lyrics/reset")).toHaveLength(1);
    expect(sent.slice(before)).not.toContain("/lyrics/available A Playing 0");
  });

  it("goes on where it is after a kill -9, with the offset of the song", async () => {
    const { worker, request, lrclib, sent, state } = await setUp();
    const player = await standInPlayer(worker.busDir);
    player.send("/karaoke/track", [1, "spotify", "Daft Punk", "Around the World", "Homework", 429.5, 0]);
    await waitFor("the lyrics", async () => (await state())["has_lyrics"]);
    expect(await request("nudge", { ms: 200 })).toMatchObject({ success: true, data: { offset: { ms: 200, scope: "song" } } });
    expect(await request("nudge", { ms: -50 })).toMatchObject({ data: { offset: { ms: 150, scope: "song" } } });
    await worker.kill("SIGKILL");
    sent.length = 0;
    const again = await worker.start();
    await waitFor("the line by the offset", () => {
      // Twice a second, as players do; the worker listens again in a moment.
      player.send("/karaoke/pos", [1.9, 0]);
      return sent.includes("/karaoke/line/active 1");
    });
    await waitFor("its words", () => sent.some((line) => line.startsWith("/karaoke/word/reset 1")));
    expect(sent.filter((line) => line.startsWith("/karaoke/word/reset 1"))).toHaveLength(1);
    expect(lrclib.requests).toHaveLength(1);
    const { data } = await again.request("get_state", {}, { timeoutMs: 15_000 });
    expect(data).toMatchObject({ active_line: 1, active_word: 0, offset: { ms: 150, scope: "song" } });
  });

  it("has a picture of its mood, until there is one of its own; then none", async () => {
    const { worker, request, sent } = await setUp();
    const images = path.join(worker.dir, "images");
    mkdirSync(path.join(images, "moods"), { recursive: true });
    for (const mood of categories) writeFileSync(path.join(images, "moods", `${mood}.png`), png);
    await request("set_config", { images_dir: images, image_fade_ms: 300 });
    const player = await standInPlayer(worker.busDir);
    player.send("/karaoke/track", [1, "spotify", "Daft Punk", "Around the World", "Homework", 429.5, 0]);
    await waitFor("the picture", () => sent.some((line) => line.startsWith(`/karaoke/image ${images}/moods/`)));
    const at = sent.findIndex((line) => line.startsWith("/karaoke/image "));
    expect(sent.slice(at - 2, at)).toEqual(["/karaoke/image/fade 300", "/karaoke/image/opacity 1"]);
    writeFileSync(path.join(images, "A - Two.png"), png);
    player.send("/karaoke/track", [1, "spotify", "A", "Two", "", 0, 0]);
    await waitFor("its own", () => sent.includes(`/karaoke/image ${images}/A - Two.png`));
    await request("set_config", { images_dir: "" });
    await waitFor("the end", () => sent.includes("/karaoke/image/clear"));
    const end = sent.lastIndexOf("/karaoke/image/opacity 0");
    expect([end > sent.lastIndexOf(`/karaoke/image ${images}/A - Two.png`), sent.indexOf("/karaoke/image/clear", end) > end]).toEqual([true, true]);
  });

  it("goes on after a kill -9 in the middle of the search, and after one during each step behind it", async () => {
    const { worker, lrclib, sent } = await setUp();
    const player = await standInPlayer(worker.busDir);
    const { answer } = lrclib;
    lrclib.answer = () => {};
    player.send("/karaoke/track", [1, "spotify", "Daft Punk", "Around the World", "Homework", 429.5, 0]);
    await waitFor("the question", () => lrclib.requests.length === 1);
    await worker.kill("SIGKILL");
    lrclib.answer = answer;
    for (const milestone of ["/karaoke/lyrics/line 0 1 Around the world", "/lyrics/available Daft Punk Around the World 1"]) {
      sent.length = 0;
      await worker.start();
      await waitFor(milestone, () => sent.includes(milestone));
      await worker.kill("SIGKILL");
    }
    sent.length = 0;
    const again = await worker.start();
    await waitFor("the line", () => {
      player.send("/karaoke/pos", [2.2, 0]);
      return sent.includes("/karaoke/line/active 1");
    });
    const { data } = await again.request("get_state", {}, { timeoutMs: 15_000 });
    expect(data).toMatchObject({ has_lyrics: true, lyrics: { origin: "cache" }, cached_count: 1 });
  });

  it("waits for auto_fetch, and gives up a song that is over", async () => {
    const { worker, request, lrclib, state } = await setUp();
    await request("set_config", { auto_fetch: false });
    const player = await standInPlayer(worker.busDir);
    player.send("/karaoke/track", [1, "virtualdj", "A", "One", "", 0, 0]);
    await waitFor("the track", async () => JSON.stringify((await state())["current_track"]).includes("One"));
    expect(lrclib.requests).toEqual([]);
    const answer = lrclib.answer;
    lrclib.answer = () => {};
    await request("set_config", { auto_fetch: true });
    await waitFor("the question", () => lrclib.requests.length === 1);
    lrclib.answer = answer;
    player.send("/karaoke/track", [1, "virtualdj", "A", "Two", "", 0, 0]);
    await waitFor("the lyrics of the next", async () => {
      const { current_track, has_lyrics } = await state();
      return has_lyrics === true && JSON.stringify(current_track).includes("Two");
    });
  });
});

describe("the environment", () => {
  it("switches ComfyUI", () => {
    expect(environmentOverrides({})).toEqual({});
    expect(environmentOverrides({ COMFYUI_ENABLED: "True" })).toEqual({
      comfyui_enabled: { value: true, variable: "COMFYUI_ENABLED" },
    });
    expect(environmentOverrides({ COMFYUI_ENABLED: "0" })).toMatchObject({ comfyui_enabled: { value: false } });
  });
});
