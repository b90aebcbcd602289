import { setTimeout as delay } from "node:timers/promises";
import { HttpError } from "@vj/http";
import { messageOf } from "@vj/schema";
import type { StepState } from "../pipeline.ts";
import { findModel } from "./find-model.ts";
import type { ModelSettings } from "./find-model.ts";
import { ModelReports } from "./model-report.ts";
import type { ModelReport } from "./model-report.ts";
import type { MeaningStore } from "./meaning-store.ts";
import { ModelClient, ModelError, NoModelError } from "./model-client.ts";
import type { ModelTokens } from "./model-client.ts";
import type { Question } from "./model-prompt.ts";
import { QuestionBudget } from "./question-budget.ts";
import { guessMeaning } from "./rules.ts";
import type { SongMeaning } from "./song-meaning.ts";

/** The settings in force. */
export interface UnderstandingSettings extends ModelSettings {
  readonly enabled: boolean;
  /** Questions to a model within an hour. */
  readonly perHour: number;
}

export interface UnderstandingOptions {
  readonly store: MeaningStore;
  settings(): UnderstandingSettings;
  /** Called with a guess at once, then with the answer of a model; undefined for a song without lyrics. */
  onMeaning(meaning: SongMeaning | undefined): void;
  /** Called when the state of the question to a model changes. @param reason why it failed or was left out */
  onState?(state: StepState, reason: string | null): void;
  onProblem(problem: string): void;
  /** Asks models; default one that waits as long as is usual. */
  readonly client?: ModelClient;
}

const retryMs = 60_000;
/** Longest sum of the pauses that the preparation of one song waits for, ms. */
const mostPauseMs = 30_000;

/** What a model is asked to see whether it can be used. */
const testQuestion: Question = { artist: "Test", title: "Test", lines: [{ text: "The sun comes up and all is well" }] };

/** Finds out what the song that plays is about: by rules at once, by a model when there is one. One question at a time. */
export class Understanding {
  readonly #options: UnderstandingOptions;
  readonly #client: ModelClient;
  #work = new AbortController();
  /** The question about the song that plays; settled while there is none. */
  #asking: Promise<void> = Promise.resolve();
  /** Cancels the question about a song that is prepared. */
  #preparing = new AbortController();
  readonly #budget = new QuestionBudget(() => this.#options.settings().perHour);
  #meaning: SongMeaning | undefined;
  #state: StepState = "pending";
  #problem: string | null = null;
  #model: string | null = null;
  #waits = false;
  readonly #reports = new ModelReports();

  constructor(options: UnderstandingOptions) {
    this.#options = options;
    this.#client = options.client ?? new ModelClient();
  }

  get meaning(): SongMeaning | undefined {
    return this.#meaning;
  }

  /** How far the question to the model is. */
  get state(): StepState {
    return this.#state;
  }

  /** Why no model has answered; null when one has, or none was asked. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Whether the problem is a pause that the model asked for; after it the model is asked again. */
  get waits(): boolean {
    return this.#waits;
  }

  /** The model that answered last, and where. */
  get model(): string | null {
    return this.#model;
  }

  /** What is known of the model and of its last answer, as `get_state` has it. */
  get report(): ModelReport {
    const asked = this.#budget.asked(performance.now());
    return this.#reports.report({ meaning: this.#meaning, state: this.#state, problem: this.#problem, asked, perHour: this.#options.settings().perHour });
  }

  /** Another song; what was under way for the one before is cancelled. Without lines there is nothing to understand. */
  begin(question: Question): void {
    this.#work.abort();
    this.#work = new AbortController();
    this.#problem = null;
    this.#state = "pending";
    if (question.lines.length === 0) return this.#publish(undefined);
    this.#publish(guessMeaning(question));
    // One question at a time, and this one first.
    this.#preparing.abort();
    this.#asking = this.#ask(question, this.#work.signal);
  }

  /**
   * The same song once more, because a person wants it. What is known of it holds until then.
   * @param anew whether a model is asked although an answer is kept @returns false when a question is under way, or there is nothing to ask
   */
  again(question: Question, anew = false): boolean {
    if (this.#state === "running" || question.lines.length === 0) return false;
    this.#work.abort();
    this.#work = new AbortController();
    this.#preparing.abort();
    this.#asking = this.#ask(question, this.#work.signal, anew);
    return true;
  }

  /** Forgets what models answered about a song; what is shown of it holds. @returns how many answers */
  forget(question: Question): number {
    return this.#options.store.forget(question);
  }

  /**
   * Asks the model a short question that it is asked about every song, and reports whether it can be used. Counts as a question.
   * @returns false when a test is under way
   */
  test(signal: AbortSignal): boolean {
    return this.#reports.test(async () => {
      const endpoint = await findModel(this.#options.settings(), signal);
      this.#reports.found(endpoint, this.#client.formatOf(endpoint));
      await this.#client.understand(endpoint, testQuestion, { signal, spend: () => this.#spend() });
      this.#reports.found(endpoint, this.#client.formatOf(endpoint));
      return `${endpoint.model} at ${endpoint.url} answers`;
    });
  }

  /**
   * Asks a model about a song that plays later, once the one that plays is answered, and keeps the answer. A short pause that the model
   * wants is waited for.
   * @returns undefined when no model is to be asked, or there is none
   * @throws ModelError, HttpError; the reason of the signal when that cancels it
   */
  async prepare(question: Question, signal: AbortSignal): Promise<SongMeaning | undefined> {
    let paused = 0;
    for (;;) {
      await this.#asking;
      signal.throwIfAborted();
      this.#preparing = new AbortController();
      const turn = this.#preparing.signal;
      try {
        return await this.#learn(question, AbortSignal.any([signal, turn]));
      } catch (error) {
        if (error instanceof NoModelError) return undefined;
        if (turn.aborted && !signal.aborted) continue;
        const pauseMs = pauseOf(error);
        if (pauseMs === undefined) throw error;
        this.#budget.pause(pauseMs, performance.now());
        paused += pauseMs;
        if (paused > mostPauseMs) throw error;
        await delay(pauseMs, undefined, { signal });
      }
    }
  }

  stop(): void {
    this.#work.abort();
  }

  async #ask(question: Question, signal: AbortSignal, anew = false): Promise<void> {
    const settings = this.#options.settings();
    if (!settings.enabled) return this.#enter("skipped", "llm_enabled is off");
    this.#enter("running");
    try {
      const endpoint = await findModel(settings, signal);
      this.#reports.found(endpoint, this.#client.formatOf(endpoint));
      const kept = anew ? undefined : this.#options.store.kept(question, endpoint.model);
      this.#reports.begin();
      const onTokens = (tokens: ModelTokens): void => this.#reports.count(tokens);
      const meaning = kept?.meaning ?? (await this.#client.understand(endpoint, question, { signal, spend: () => this.#spend(), onTokens }));
      if (signal.aborted) return;
      this.#model = `${endpoint.model} at ${endpoint.url}`;
      this.#reports.found(endpoint, this.#client.formatOf(endpoint));
      this.#reports.answered(kept !== undefined, kept === undefined ? Date.now() / 1000 : kept.at);
      this.#publish(meaning);
      this.#enter("complete");
      if (kept === undefined) await this.#options.store.put(question, endpoint.model, meaning);
    } catch (error) {
      if (signal.aborted || (error instanceof HttpError && error.code === "cancelled")) return;
      this.#fail(error, question, signal);
    }
  }

  async #learn(question: Question, signal: AbortSignal): Promise<SongMeaning | undefined> {
    const settings = this.#options.settings();
    if (!settings.enabled) return undefined;
    const endpoint = await findModel(settings, signal);
    const kept = this.#options.store.get(question, endpoint.model);
    if (kept !== undefined) return kept;
    const meaning = await this.#client.understand(endpoint, question, { signal, spend: () => this.#spend() });
    await this.#options.store.put(question, endpoint.model, meaning);
    return meaning;
  }

  #spend(): void {
    this.#budget.spend(performance.now());
  }

  #fail(error: unknown, question: Question, signal: AbortSignal): void {
    const before = this.#problem;
    this.#waits = false;
    this.#problem = messageOf(error);
    if (error instanceof NoModelError) {
      // Many have none: nothing is wrong.
      return this.#enter("skipped", this.#problem);
    }
    if (this.#problem !== before) this.#options.onProblem(`${this.#problem}; the mood is a guess by words`);
    if (this.#state === "complete") return;
    this.#enter("error", this.#problem);
    if (!(error instanceof ModelError)) return;
    const waitMs = error.retryMs ?? retryMs;
    this.#waits = error.retryMs !== undefined;
    if (error.retryMs !== undefined) this.#budget.pause(error.retryMs, performance.now());
    const timer = setTimeout(() => void this.#ask(question, signal), waitMs);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }

  #enter(state: StepState, reason: string | null = null): void {
    this.#state = state;
    this.#options.onState?.(state, reason);
  }

  #publish(meaning: SongMeaning | undefined): void {
    this.#meaning = meaning;
    this.#options.onMeaning(meaning);
  }
}

/** The pause that the model asked for, ms, at least a second; undefined when the error has another reason. */
function pauseOf(error: unknown): number | undefined {
  return error instanceof ModelError && error.retryMs !== undefined ? Math.max(1000, Math.ceil(error.retryMs)) : undefined;
}
