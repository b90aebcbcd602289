import { fieldsOf, isFields, numberField, textField } from "@vj/rig";
import type { Fields, WorkerEntry } from "@vj/rig";

/** The worker that finds out what a song is about. */
export const lyricsName = "lyrics_fetcher";

/** One step of the work on a song. */
export interface PipelineStep {
  readonly name: string;
  /** `pending running complete error skipped`; a newer worker may have more. */
  readonly state: string;
  readonly seconds: number;
  /** Why it failed or was left out; empty: no reason. */
  readonly reason: string;
}

/** What is known of the language model. */
export interface ModelView {
  /** Its name and address; empty while none was found. */
  readonly name: string;
  readonly url: string;
  readonly format: string;
  /** Where the meaning comes from: `model`, `cached`, `guess`; empty: there is none. */
  readonly source: string;
  /** Epoch seconds; undefined where it is not known. */
  readonly answeredAt: number | undefined;
  readonly problem: string;
  readonly tokens: { readonly prompt: number; readonly answer: number } | undefined;
  readonly asked: number | undefined;
  readonly perHour: number | undefined;
  /** Songs that wait for it. */
  readonly queue: number | undefined;
  readonly test: { readonly state: string; readonly text: string; readonly at: number } | undefined;
}

/** What the song is about. */
export interface MeaningView {
  readonly mood: string;
  readonly energy: number;
  readonly valence: number;
  /** The highest first. */
  readonly scores: readonly (readonly [name: string, score: number])[];
  readonly themes: readonly string[];
  readonly adjectives: readonly string[];
  readonly keywords: readonly string[];
  readonly imagePrompt: string;
}

/** Reads the steps from the state of the lyrics worker, in their order. */
export function readSteps(state: Fields | undefined): PipelineStep[] {
  const steps = state?.["pipeline_steps"];
  return (Array.isArray(steps) ? steps : []).filter(isFields).map((step) => ({
    name: textField(step, "name") ?? "?",
    state: textField(step, "state") ?? "?",
    seconds: numberField(step, "seconds") ?? 0,
    reason: textField(step, "reason") ?? "",
  }));
}

/** Reads what is known of the model; an older worker reports less. */
export function readModel(state: Fields | undefined): ModelView {
  const llm = fieldsOf(state, "llm");
  const tokens = fieldsOf(llm, "tokens");
  const test = fieldsOf(llm, "test");
  const backend = textField(state, "llm_backend") ?? "";
  return {
    name: textField(llm, "model") ?? (backend === "none" ? "" : backend),
    url: textField(llm, "url") ?? "",
    format: textField(llm, "format") ?? "",
    source: textField(llm, "source") ?? "",
    answeredAt: numberField(llm, "answered_at"),
    problem: textField(llm, "problem") ?? textField(state, "llm_problem") ?? "",
    tokens: tokens === undefined ? undefined : { prompt: numberField(tokens, "prompt") ?? 0, answer: numberField(tokens, "answer") ?? 0 },
    asked: numberField(llm, "asked_within_hour"),
    perHour: numberField(llm, "per_hour"),
    queue: numberField(llm, "queue"),
    test: test === undefined ? undefined : { state: textField(test, "state") ?? "", text: textField(test, "text") ?? "", at: numberField(test, "at") ?? 0 },
  };
}

/** Reads the meaning; undefined while there is none. */
export function readMeaning(state: Fields | undefined): MeaningView | undefined {
  const meaning = fieldsOf(state, "meaning");
  if (meaning === undefined) return undefined;
  const scores = Object.entries(fieldsOf(meaning, "categories") ?? {}).flatMap(([name, score]) => (typeof score === "number" ? [[name, score] as const] : []));
  return {
    mood: textField(meaning, "mood") ?? "",
    energy: numberField(meaning, "energy") ?? 0,
    valence: numberField(meaning, "valence") ?? 0,
    scores: scores.toSorted(([, one], [, other]) => other - one),
    themes: textsOf(meaning, "themes"),
    adjectives: textsOf(meaning, "adjectives"),
    keywords: textsOf(meaning, "keywords"),
    imagePrompt: textField(meaning, "imagePrompt") ?? "",
  };
}

/** The song that is shown; empty when there is none. */
export function songOf(worker: WorkerEntry | undefined): string {
  const track = fieldsOf(worker?.state, "current_track");
  return track === undefined ? "" : `${textField(track, "artist") ?? ""} – ${textField(track, "title") ?? ""}`;
}

function textsOf(from: Fields, key: string): string[] {
  const list = from[key];
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}
