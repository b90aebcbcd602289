/** Steps of the work on one song, in order. */
export const steps = [
  "detect_playback",
  "fetch_lyrics",
  "parse_lrc",
  "analyze_refrain",
  "extract_keywords",
  "categorize_song",
  "llm_analysis",
  "generate_image_prompt",
  "comfyui_generate",
  "send_osc",
] as const;
export type Step = (typeof steps)[number];

/** How far a step is. */
export type StepState = "pending" | "running" | "complete" | "error" | "skipped";
export type Pipeline = Readonly<Record<Step, StepState>>;

const ofLyrics = ["parse_lrc", "analyze_refrain", "extract_keywords", "send_osc"] as const satisfies readonly Step[];

/** All steps before a song; those that this version cannot do are skipped. */
export const idlePipeline: Pipeline = {
  detect_playback: "pending",
  fetch_lyrics: "pending",
  parse_lrc: "pending",
  analyze_refrain: "pending",
  extract_keywords: "pending",
  categorize_song: "skipped",
  llm_analysis: "skipped",
  generate_image_prompt: "skipped",
  comfyui_generate: "skipped",
  send_osc: "pending",
};

/** The steps once fetching has come to this; those that need lyrics follow it at once, or are skipped. */
export function pipelineAfter(fetching: StepState, hasLyrics = false): Pipeline {
  const rest: StepState = fetching === "complete" && hasLyrics ? "complete" : fetching === "running" ? "pending" : "skipped";
  const dependent = Object.fromEntries(ofLyrics.map((step) => [step, rest]));
  return { ...idlePipeline, detect_playback: "complete", fetch_lyrics: fetching, ...dependent };
}
