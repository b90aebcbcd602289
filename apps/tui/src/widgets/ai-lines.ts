import type { MeaningView, ModelView, PipelineStep } from "../telemetry/understanding.ts";
import { bar } from "../text/bars.ts";
import { fitText } from "../text/fit.ts";
import { flow } from "../text/flow.ts";
import { age, clock } from "../text/format.ts";
import type { Sign } from "../text/signs.ts";
import { signColours } from "../text/signs.ts";
import { Span, bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { wrapText } from "../text/wrap.ts";
import type { View } from "./view.ts";

// Maps, as the names come from workers: "constructor" must not be found in them.
const stepSigns: ReadonlyMap<string, Sign> = new Map([["complete", "ok"], ["running", "busy"], ["error", "bad"], ["skipped", "off"], ["pending", "off"]]);
/** Short names, which stand for the steps here. */
const stepNames: ReadonlyMap<string, string> = new Map([
  ["fetch_lyrics", "lyrics"], ["parse_lrc", "parse"], ["analyze_refrain", "refrain"], ["extract_keywords", "keywords"], ["send_osc", "send"],
  ["categorize_song", "mood"], ["find_image", "image"], ["llm_analysis", "analysis"], ["generate_image_prompt", "prompt"], ["comfyui_generate", "picture"],
]);

/** The steps with their times, as many on a row as fit. */
export function stepLines(steps: readonly PipelineStep[], { signs, width }: Pick<View, "signs" | "width">): Line[] {
  const pieces = steps.map(({ name, state, seconds }) => {
    const sign = stepSigns.get(state) ?? "busy";
    const colour = signColours[sign];
    const shown = `${stepNames.get(name) ?? name}${seconds >= 0.05 ? ` ${seconds.toFixed(1)} s` : ""}`;
    return row(new Span(signs[sign], colour === undefined ? { dim: true } : { colour }), sign === "off" ? dim(` ${shown}`) : ` ${shown}`);
  });
  return flow(pieces, { width });
}

/** Why steps failed, or were left out. */
export function reasonLines(steps: readonly PipelineStep[], wanted: "error" | "skipped", { signs, width }: Pick<View, "signs" | "width">): Line[] {
  return steps.filter(({ state, reason }) => reason !== "" && state === wanted).flatMap(({ name, reason }) => {
    const text = wrapText(`${wanted === "error" ? signs.bad : signs.off} ${stepNames.get(name) ?? name} ${wanted === "error" ? "failed" : "left out"}: ${reason}`, width - 2);
    return text.map((part) => row(" ", wanted === "error" ? coloured("red", part) : dim(part)));
  });
}

/** Mood, energy, valence and tempo, then the scores of the moods, themes, adjectives and keywords. @param tempo beats per minute; undefined: not known */
export function meaningLines({ mood, energy, valence, scores, themes, adjectives, keywords, imagePrompt }: MeaningView, tempo: number | undefined, width: number): Line[] {
  const barWidth = width >= 100 ? 10 : width >= 76 ? 8 : width >= 56 ? 6 : 4;
  const head = [
    row(dim("mood "), bold(mood || "–")),
    row(dim("energy "), coloured("cyan", bar(energy, barWidth)), ` ${energy.toFixed(2)}`),
    row(dim("valence "), coloured("cyan", scale(valence, barWidth + 1)), ` ${valence < 0 ? "−" : "+"}${Math.abs(valence).toFixed(2)}`),
    row(dim("tempo "), tempo === undefined || tempo <= 0 ? "–" : `${tempoWord(tempo)} (${Math.round(tempo)})`),
  ];
  const lists = ([["themes", themes], ["adjectives", adjectives], ["keywords", keywords], ["picture", imagePrompt === "" ? [] : [imagePrompt]]] as const).flatMap(([name, items]) => {
    const [first = "–", ...rest] = wrapText(items.join(", ") || "–", Math.max(8, width - 13));
    return [row(" ", dim(fitText(name, 11)), first), ...rest.map((text) => row(" ".repeat(12), text))];
  });
  return [...flow(head, { width, gap: 3 }), ...scoreLines(scores, width), ...lists];
}

/** So many scores are shown: all that the contract has. */
const mostScores = 12;

function scoreLines(scores: MeaningView["scores"], width: number): Line[] {
  const across = width >= 76 ? 3 : width >= 50 ? 2 : 1;
  const cell = Math.floor((width - 1) / across);
  // Only the highest where each takes a row of its own.
  const shown = scores.slice(0, across === 1 ? 4 : mostScores);
  return Array.from({ length: Math.ceil(shown.length / across) }, (_, at) => [
    new Span(" "),
    ...shown.slice(at * across, (at + 1) * across).flatMap(([name, score]) => [new Span(fitText(name, 11)), new Span(bar(score, Math.max(4, cell - 18)), { colour: "cyan" }), new Span(` ${score.toFixed(2)}  `)]),
  ]);
}

/** Where the answer comes from, when, and what it took. */
export function sourceLines({ source, answeredAt, tokens, asked, perHour }: ModelView, width: number): Line[] {
  const when = answeredAt === undefined ? "" : ` ${clock(answeredAt * 1000)}`;
  const words = new Map([["model", `model, answered${when}`], ["cached", `model, cached${when}`], ["guess", "a guess by words: no model has answered"]]);
  const parts = [
    `source ${words.get(source) ?? (source === "" ? "–" : source)}`,
    tokens === undefined ? "" : `prompt tokens ${tokens.prompt}  answer ${tokens.answer}`,
    asked === undefined || perHour === undefined ? "" : `${asked} of ${perHour} questions this hour`,
  ].filter((part) => part !== "");
  return wrapText(parts.join("  ·  "), width - 2).map((text) => row(" ", dim(text)));
}

/** How the last test of the model went; no rows before the first. @param now epoch milliseconds */
export function testLines({ test }: ModelView, { now, signs, width }: View): Line[] {
  if (test === undefined) return [];
  const sign: Sign = test.state === "passed" ? "ok" : test.state === "running" ? "busy" : "bad";
  const text = `${signs[sign]} test ${test.state === "running" ? "under way" : `${age(now - test.at * 1000)} ago`}: ${test.text}`;
  return wrapText(text, width - 2).map((part) => row(" ", coloured(signColours[sign] ?? "yellow", part)));
}

/** −1 to 1 as a place on a line whose middle is marked: `───●│─────`. */
export function scale(value: number, width: number): string {
  const middle = Math.floor(width / 2);
  const at = Math.max(0, Math.min(width - 1, Math.round(((Math.max(-1, Math.min(1, Number.isFinite(value) ? value : 0)) + 1) / 2) * (width - 1))));
  return Array.from({ length: width }, (_, index) => (index === at ? "●" : index === middle ? "│" : "─")).join("");
}

function tempoWord(tempo: number): string {
  return tempo < 90 ? "slow" : tempo < 118 ? "medium" : "fast";
}
