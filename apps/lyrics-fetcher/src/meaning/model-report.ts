import { messageOf } from "@vj/schema";
import type { StepState } from "../pipeline.ts";
import type { Endpoint, ModelTokens } from "./model-client.ts";
import type { SongMeaning } from "./song-meaning.ts";

/** The result of a test of the model. Times are epoch seconds. */
export interface ModelTest {
  readonly state: "running" | "passed" | "failed";
  readonly at: number;
  readonly text: string;
}

/** The model and its last answer, as `get_state` has them. Times are epoch seconds. */
export interface ModelReport {
  readonly model: string | null;
  readonly url: string | null;
  /** How its answers are held to their form: `json_schema`, `json_object` or `text`. */
  readonly format: string | null;
  /** Where the meaning that is shown comes from; null while there is none. */
  readonly source: "model" | "cached" | "guess" | null;
  /** When the model gave it; null for a guess, or where it is not known. */
  readonly answered_at: number | null;
  readonly state: StepState;
  readonly problem: string | null;
  /** Of the last question to the model, repairs included; null where its server does not count, or the answer was kept. */
  readonly tokens: ModelTokens | null;
  readonly asked_within_hour: number;
  readonly per_hour: number;
  readonly test: ModelTest | null;
}

/** What is asked for together with the report. */
export interface ReportedNow {
  readonly meaning: SongMeaning | undefined;
  readonly state: StepState;
  readonly problem: string | null;
  readonly asked: number;
  readonly perHour: number;
}

/** Keeps the outcome of the questions to a model, for people who look. */
export class ModelReports {
  #endpoint: Endpoint | undefined;
  #format: string | null = null;
  #tokens: ModelTokens | null = null;
  #cached = false;
  #answeredAt: number | null = null;
  #test: ModelTest | null = null;

  /** The model that is asked. */
  found(endpoint: Endpoint, format: string): void {
    this.#endpoint = endpoint;
    this.#format = format;
  }

  /** A question begins. */
  begin(): void {
    this.#tokens = null;
  }

  count({ prompt, answer }: ModelTokens): void {
    this.#tokens = { prompt: (this.#tokens?.prompt ?? 0) + prompt, answer: (this.#tokens?.answer ?? 0) + answer };
  }

  /** @param cached whether the answer was kept @param at when it was given, epoch seconds */
  answered(cached: boolean, at: number | undefined): void {
    this.#cached = cached;
    this.#answeredAt = at === undefined ? null : Math.round(at);
  }

  /** Runs a test, and keeps how it went. @returns false when one is under way */
  test(run: () => Promise<string>): boolean {
    if (this.#test?.state === "running") return false;
    const begin = Date.now();
    const end = (state: ModelTest["state"], text: string): void => void (this.#test = { state, at: Date.now() / 1000, text });
    end("running", "the model is being asked");
    run().then(
      (text) => end("passed", `${text} after ${((Date.now() - begin) / 1000).toFixed(1)} s`),
      (error: unknown) => end("failed", messageOf(error)),
    );
    return true;
  }

  report({ meaning, state, problem, asked, perHour }: ReportedNow): ModelReport {
    const isModel = meaning?.source === "model";
    return {
      model: this.#endpoint?.model ?? null,
      url: this.#endpoint?.url ?? null,
      format: this.#format,
      source: meaning === undefined ? null : isModel ? (this.#cached ? "cached" : "model") : "guess",
      answered_at: isModel ? this.#answeredAt : null,
      state,
      problem,
      tokens: this.#tokens,
      asked_within_hour: asked,
      per_hour: perHour,
      test: this.#test,
    };
  }
}
