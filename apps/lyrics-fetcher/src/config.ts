import { noEffect, secret } from "@vj/worker";
import type { ConfigOverrides } from "@vj/worker";
import { z } from "zod";

const address = (value: string): z.ZodDefault<z.ZodURL> => z.url({ protocol: /^https?$/ }).max(2048).default(value);

const folder = z.string().max(1024).default("");

/** `lyrics_fetcher.json`. */
export const lyricsConfig = z.object({
  auto_fetch: z.boolean().default(true).describe("Fetch the lyrics of every new track by itself"),
  timing_offset_ms: z.int().min(-60_000).max(60_000).default(0).describe("Positive shows the lines earlier"),
  lrclib_url: address("https://lrclib.net").describe("Address of LRCLIB, the first service that is asked for lyrics"),
  lrclib_timeout_sec: z.number().min(0.1).max(60).default(10).describe("How long LRCLIB may take to answer each question"),
  unison_url: z
    .string()
    .max(2048)
    .regex(/^(https?:\/\/\S+)?$/, "give an address that begins with http:// or https://, or nothing")
    .default("")
    .describe("Address of a Unison server, which is asked after LRCLIB; empty: none is asked"),
  lyrics_dir: folder.describe("Own .lrc, .ttml, .srt, .vtt, .ass and .ssa files, which count before all others; folders in it count too"),
  llm_enabled: z.boolean().default(true).describe("Ask a language model what a song is about, where there is one"),
  llm_url: z
    .string()
    .max(2048)
    .regex(/^(auto|https?:\/\/\S+)$/, "give auto, or an address that begins with http:// or https:// and ends in /v1")
    .default("auto")
    .describe("The language model, OpenAI's interface; auto takes OpenAI with a key, else one that listens on this machine"),
  llm_model: z.string().max(200).default("").describe("Name of the model; empty takes one that the server has"),
  llm_api_key: secret(z.string().max(1024).default("").describe("Key of the language model's service")),
  llm_per_hour: z.int().min(0).max(10_000).default(60).describe("Questions to the language model within an hour, repairs included"),
  categorization_enabled: noEffect(z.boolean().default(true).describe("Score the moods of a song")),
  llm_provider: noEffect(z.enum(["auto", "openai", "ollama"]).default("auto").describe("Which language model")),
  ollama_model: noEffect(z.string().max(200).default("").describe("Model of Ollama; empty takes the first known one")),
  openai_url: noEffect(address("https://api.openai.com/v1").describe("Where OpenAI's interface is")),
  ollama_url: noEffect(address("http://localhost:11434").describe("Where Ollama is")),
  images_dir: folder.describe("Prepared pictures of songs and moods: Artist - Title.png, calm.jpg, or folders of these names"),
  image_fade_ms: z.int().min(0).max(60_000).default(500).describe("How long receivers take to fade to the next picture"),
  comfyui_enabled: z.boolean().default(false).describe("Whether ComfyUI makes a picture for songs that have none in images_dir"),
  comfyui_url: address("http://127.0.0.1:8188").describe("Address of ComfyUI"),
  comfyui_workflow: folder.describe("A workflow that ComfyUI exported as API, with {{prompt}} in it; {{seed}}, {{artist}}, {{title}}, {{mood}} may be"),
  comfyui_timeout_sec: z.number().min(1).max(3600).default(180).describe("How long a picture may take, its time in the queue included"),
});
/** The settings of `lyrics_fetcher`. */
export type LyricsConfig = z.output<typeof lyricsConfig>;

/** Settings that the environment fixes. */
export function environmentOverrides(env: NodeJS.ProcessEnv = process.env): ConfigOverrides {
  const comfyui = env["COMFYUI_ENABLED"]?.toLowerCase();
  const key = env["OPENAI_API_KEY"];
  return {
    ...(comfyui ? { comfyui_enabled: { value: ["1", "true", "yes", "on"].includes(comfyui), variable: "COMFYUI_ENABLED" } } : {}),
    ...(key ? { llm_api_key: { value: key, variable: "OPENAI_API_KEY" } } : {}),
  };
}
