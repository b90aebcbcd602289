import { describe, expect, it } from "vitest";
import { lyricsConfig } from "../src/config.ts";

describe("the settings", () => {
  it("are those of the contract, each with a default", () => {
    const names = ["llm_enabled", "categorization_enabled", "auto_fetch", "llm_provider", "ollama_model", "comfyui_enabled", "lrclib_url", "lyrics_dir",
    "llm_url", "llm_model", "llm_api_key", "comfyui_url", "images_dir", "timing_offset_ms"];
    expect(Object.keys(lyricsConfig.parse({}))).toEqual(expect.arrayContaining(names));
  });
});
