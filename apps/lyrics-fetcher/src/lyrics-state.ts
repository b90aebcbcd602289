import type { ReportedCondition } from "@vj/worker";
import type { LyricsConfig } from "./config.ts";
import type { LyricsParts } from "./lyrics-parts.ts";

/** What `get_state` has beside the state of every worker. */
export function describeState({ current, board, clock, offsets, understanding, images, maker, store, preparation }: LyricsParts, config: LyricsConfig): Record<string, unknown> {
  const { track, hasLyrics, problem } = current;
  const steps = Object.entries(board.steps);
  return {
    llm_enabled: config.llm_enabled,
    llm_available: understanding.model !== null,
    llm_backend: understanding.model ?? "none",
    llm_problem: understanding.problem,
    llm: { ...understanding.report, queue: preparation.waiting },
    meaning: understanding.meaning ?? null,
    cached_count: store.count,
    current_track: track === undefined ? null : { artist: track.artist, title: track.title },
    has_lyrics: hasLyrics,
    lyrics: current.describe(),
    active_line: clock.line,
    active_word: clock.word,
    offset: offsets.state(),
    image: { ...images.state, progress: maker.progress, problem: maker.problem },
    problem,
    lyrics_away: current.away ?? null,
    pipeline: Object.fromEntries(steps.map(([step, { state }]) => [step, state])),
    pipeline_steps: steps.map(([step, report]) => ({ name: step, ...report })),
  };
}

/** A service that is away makes it degraded, while everything else goes on. That the service has nothing of a song is not a fault. */
export function conditionOf({ current, ownFiles, dump, understanding, maker, pictures }: LyricsParts): ReportedCondition {
  const faults = [
    { text: current.serviceProblem, todo: `check the network and lrclib_url; asked again ${current.asksAgain ? "while the song plays" : "for the next song that needs it"}` },
    { text: ownFiles.problem, todo: "check lyrics_dir, or plug in the disk" },
    { text: dump.problem, todo: "vj lyrics import --help" },
    { text: understanding.state === "error" ? understanding.problem : null, todo: understanding.waits ? "wait: it is asked again by itself" : "check llm_url, or: vj config set lyrics_fetcher llm_enabled=false" },
    { text: maker.problem, todo: "start ComfyUI or check its settings, or: vj config set lyrics_fetcher comfyui_enabled=false" },
    { text: pictures.problem, todo: "check images_dir" },
  ].filter(({ text }) => text !== null);
  if (faults.length === 0) return { level: "ok", text: "" };
  return { level: "degraded", text: faults.map(({ text }) => text).join("; "), todo: faults.map(({ todo }) => todo).join("; ") };
}
