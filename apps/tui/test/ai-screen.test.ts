import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { scale } from "../src/widgets/ai-lines.ts";
import { managedWorker, manager, noon, rigAfter, running, show, telemetryOf } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";
import type { TestSession } from "./session-fixture.ts";

const llm = {
  model: "qwen3-4b", url: "http://127.0.0.1:1234/v1", format: "json_schema", source: "cached", answered_at: noon / 1000 - 60, state: "complete", problem: null,
  tokens: { prompt: 812, answer: 143 }, asked_within_hour: 3, per_hour: 60, test: null, queue: 2,
};
const meaning = {
  mood: "calm", energy: 0.42, valence: -0.21, categories: { dark: 0.33, calm: 0.81, romantic: 0.6 }, themes: ["longing", "night"], adjectives: ["drifting", "pale blue"],
  keywords: ["LANTERNS", "WATER"], refrainLines: [], imagePrompt: "lanterns on a lake", source: "model",
};
const steps = [
  { name: "fetch_lyrics", state: "complete", seconds: 0.3, reason: null },
  { name: "parse_lrc", state: "complete", seconds: 0, reason: null },
  { name: "llm_analysis", state: "running", seconds: 6.1, reason: null },
  { name: "comfyui_generate", state: "error", seconds: 0.2, reason: "ComfyUI at 127.0.0.1:8188 does not answer" },
];
const state = { current_track: { artist: "Sample Band", title: "Paper Lanterns" }, llm, meaning, pipeline_steps: steps };

function onAi(more: Record<string, unknown> = {}, size: { columns?: number; rows?: number } = {}): TestSession {
  const shown = testSession(size);
  shown.know(rigAfter([...running("lyrics_fetcher", { ...state, ...more }), ...manager({ lyrics_fetcher: managedWorker({}) })]), telemetryOf([["/audio/bpm", [76, 0.9]]]));
  shown.press("5");
  return shown;
}

describe("the AI", () => {
  it("uses a large terminal: the data beside the words, the lyrics below them", () => {
    const shown = testSession({ columns: 200, rows: 60 });
    shown.know(rigAfter([...running("lyrics_fetcher", state), ...manager({ lyrics_fetcher: managedWorker({}) })]), show.telemetry);
    shown.press("5");
    expect(shown.text()).toMatch(/mood calm .*│.*\n/);
    expect(shown.text()).toMatch(/│ ── as JSON, v shows it alone ─/);
    expect(shown.text()).toContain('"imagePrompt": "lanterns on a lake"');
    expect(shown.text()).toMatch(/── lyrics, all on screen 4 ─[\s\S]*▸ .*Lanterns over water/);
    expect(shown.rows().filter((row) => row.trim() === "").length).toBeLessThan(30);
  });

  it("shows backend, model, format and queue, the steps with times and errors, and the song", () => {
    const text = onAi().text();
    expect(text).toMatch(/AI {2}qwen3-4b @127\.0\.0\.1:1234 {2}json_schema ✓ +queue 2/);
    expect(text).toContain("Sample Band – Paper Lanterns");
    expect(text).toContain("✓ lyrics 0.3 s  ✓ parse  ⟳ analysis 6.1 s  ! picture 0.2 s");
    expect(text).toContain("! picture failed: ComfyUI at 127.0.0.1:8188 does not answer");
  });

  it("shows mood, energy, valence, tempo, scores, themes, adjectives, keywords and where they come from", () => {
    const text = onAi().text();
    expect(text).toMatch(/mood calm {3}energy ███▍···· 0\.42/);
    expect(text).toMatch(/valence ───●│──── −0\.21 {3}tempo slow \(76\)/);
    expect(text).toMatch(/calm +\S+ 0\.81 +romantic +\S+ 0\.60 +dark +\S+ 0\.33/);
    expect(text).toMatch(/themes +longing, night/);
    expect(text).toMatch(/adjectives +drifting, pale blue/);
    expect(text).toMatch(/keywords +LANTERNS, WATER/);
    expect(text).toMatch(/source model, cached [\d:]+ {2}· {2}prompt tokens 812 {2}answer 143 {2}·\s+3 of 60\s+questions this hour/);
  });

  it.each([[-1, "●────│─────"], [0, "─────●─────"], [1, "─────│────●"], [Number.NaN, "─────●─────"]])("draws a valence of %d", (value, drawn) => {
    expect(scale(value, 11)).toBe(drawn);
  });

  it("says when it is a guess, when there is no model, no lyrics, no song, and no worker", () => {
    const guess = onAi({ llm: { ...llm, model: null, url: null, source: "guess", problem: "no language model was found", tokens: null } }).text();
    expect(guess).toContain("no model: the mood is a guess by words");
    expect(guess).toContain("source a guess by words: no model has answered");
    expect(onAi({ meaning: null }).text()).toContain("No lyrics, so there is nothing to understand; f on screen 4 fetches them");
    expect(onAi({ meaning: null, current_track: null }).text()).toContain("No song is shown");
    const shown = testSession();
    shown.know(rigAfter(manager({ lyrics_fetcher: managedWorker({ state: "stopped", running: false }) })));
    shown.press("5");
    expect(shown.text()).toMatch(/lyrics_fetcher is stopped.*so nothing is known of the song\. On screen 2 s\s+starts it/);
  });

  it("shows a test of the backend", () => {
    expect(onAi({ llm: { ...llm, test: { state: "failed", at: noon / 1000 - 5, text: "it answered 401; check llm_api_key" } } }).text()).toContain("! test 5.0 s ago: it answered 401; check llm_api_key");
  });

  it("shows the result of a test that was just asked for where it is seen, without scrolling", () => {
    const at = (ageMs: number): string => onAi({ llm: { ...llm, test: { state: "passed", at: (noon - ageMs) / 1000, text: "answers after 3.0 s" } } }, { columns: 80, rows: 16 }).rows().slice(0, 6).join("\n");
    expect(at(3000)).toContain("test 3.0 s ago: answers after 3.0 s");
    expect(at(600_000)).not.toContain("test 10 min ago");
  });

  it("shows the song before what settings leave out, and faults before the song", () => {
    const rowsWith = (step: Record<string, unknown>): string => onAi({ pipeline_steps: [{ name: "find_image", seconds: 0, ...step }] }).rows().filter((row) => /mood calm|find_image|image (left|failed)|e opens/.test(row)).map((row) => row.trim().slice(0, 12).trim()).join(" | ");
    expect(rowsWith({ state: "skipped", reason: "images_dir is not set" })).toBe("mood calm | ○ image left | e opens the");
    expect(rowsWith({ state: "error", reason: "the folder is gone" })).toBe("! image fail | e opens the | mood calm");
  });

  it("asks anew by u, tests by t, and forgets by c after a question", () => {
    const shown = onAi();
    shown.press("u", "t", "c");
    expect(shown.text()).toContain("Forget what the model answered about Sample Band – Paper Lanterns?");
    shown.press("y");
    expect(shown.wishes.map(({ worker, cmd, args }) => [worker, cmd, args])).toEqual([["lyrics_fetcher", "understand", {}], ["lyrics_fetcher", "test_model", {}], ["lyrics_fetcher", "forget_meaning", {}]]);
  });

  it("says what helps where a step failed or was left out, and opens the settings by e", () => {
    const shown = onAi({ pipeline_steps: [{ name: "llm_analysis", state: "skipped", seconds: 0, reason: "llm_enabled is off" }] });
    expect(shown.text()).toContain("○ analysis left out: llm_enabled is off");
    expect(shown.text()).toContain("e opens the settings: llm_enabled and llm_url for a model");
    shown.press("e");
    expect(shown.text()).toContain("lyrics_fetcher › settings");
    expect(onAi({ pipeline_steps: [{ name: "llm_analysis", state: "complete", seconds: 1, reason: null }] }).text()).not.toContain("e opens the settings");
  });

  it("shows words again by esc", () => {
    const shown = onAi();
    shown.press("v");
    expect(shown.text()).toContain("AI ─ as JSON");
    shown.press("escape");
    expect(shown.text()).toContain("mood calm");
  });

  it("shows the data as JSON, which scrolls, by v", () => {
    const shown = onAi({}, { columns: 40, rows: 12 });
    shown.press("v");
    expect(shown.text()).toContain('"artist": "Sample Band"');
    shown.press("G");
    expect(shown.text()).toContain("does not answer");
    shown.press("v");
    expect(shown.text()).toContain("qwen3-4b");
  });

  it.each([[40, 12], [60, 20], [79, 23], [80, 24], [120, 40], [200, 60]] as const)("fits at %d×%d, and all can be read by scrolling", (columns, rows) => {
    const shown = onAi({}, { columns, rows });
    let text = shown.text();
    for (let page = 0; page < 12; page += 1) {
      for (const row of shown.rows()) expect(stringWidth(row)).toBe(columns);
      shown.press("pagedown");
      text += shown.text();
    }
    for (const wanted of ["qwen3-4b", "analysis", "calm", "0.42", "−0.21", "longing", "LANTERNS", "source model"]) expect(text).toContain(wanted);
  });

  it("lets no text of a model control the terminal", () => {
    const text = onAi({ meaning: { ...meaning, themes: ["\u001b[2Jnight\u0007", "\u202egnol"] } }).rows().join("");
    expect(text).toContain("night");
    expect(text).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  it("takes names of strangers as names alone", () => {
    const text = onAi({ llm: { ...llm, source: "constructor" }, pipeline_steps: [{ name: "constructor", state: "toString", seconds: 1, reason: "no" }] }).text();
    expect(text).toContain("constructor 1.0 s");
    expect(text).toContain("source constructor");
  });
});
