import { readFileSync } from "node:fs";
import type { ConfigOverrides } from "@vj/worker";
import { z } from "zod";

const address = (value: string): z.ZodDefault<z.ZodURL> => z.url({ protocol: /^https?$/ }).default(value);

/** `lyrics_fetcher.json`. The settings of the language model and of images are kept for when these come. */
export const lyricsConfig = z.object({
  auto_fetch: z.boolean().default(true).describe("Fetch the lyrics of every new track by itself"),
  timing_offset_ms: z.int().min(-60_000).max(60_000).default(0).describe("Positive shows the lines earlier"),
  lrclib_url: address("https://lrclib.net").describe("Where lyrics come from"),
  lrclib_timeout_sec: z.number().min(0.1).max(60).default(10).describe("How long LRCLIB may take to answer"),
  llm_enabled: z.boolean().default(true).describe("Analyse lyrics with a language model (comes later)"),
  categorization_enabled: z.boolean().default(true).describe("Score the moods of a song (comes later)"),
  llm_provider: z.enum(["auto", "openai", "ollama"]).default("auto").describe("Which language model (comes later)"),
  ollama_model: z.string().max(200).default("").describe("Model of Ollama; empty takes the first known one (comes later)"),
  openai_url: address("https://api.openai.com/v1").describe("Where OpenAI's interface is (comes later)"),
  ollama_url: address("http://localhost:11434").describe("Where Ollama is (comes later)"),
  comfyui_enabled: z.boolean().default(false).describe("Make images with ComfyUI (comes later)"),
  comfyui_url: address("http://127.0.0.1:8188").describe("Where ComfyUI is (comes later)"),
});
export type LyricsConfig = z.output<typeof lyricsConfig>;

/** Settings that the environment fixes. */
export function environmentOverrides(env: NodeJS.ProcessEnv = process.env): ConfigOverrides {
  const variable = "COMFYUI_ENABLED";
  const value = env[variable]?.toLowerCase();
  if (value === undefined || value === "") return {};
  return { comfyui_enabled: { value: ["1", "true", "yes", "on"].includes(value), variable } };
}

/** The version in this package's package.json. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
