import { HttpError, request, retryAfterMs } from "@vj/http";
import type { HttpAnswer } from "@vj/http";
import { cleanName } from "@vj/playback";
import { z } from "zod";
import { readAnswer } from "./model-answer.ts";
import { answerJsonSchema, messagesFor } from "./model-prompt.ts";
import type { Question } from "./model-prompt.ts";
import type { SongMeaning } from "./song-meaning.ts";

/** Address of a model: the base of an OpenAI-compatible interface, without a slash at its end. */
export interface Endpoint {
  readonly url: string;
  readonly key: string;
  readonly model: string;
}

/** A model did not answer, or its answer is unusable. The text never contains the key. */
export class ModelError extends Error {
  /** Delay that it asks for, ms; undefined when it does not. */
  readonly retryMs: number | undefined;

  constructor(message: string, options: { retryMs?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "ModelError";
    this.retryMs = options.retryMs;
  }
}

/** There is no model. */
export class NoModelError extends ModelError {}

/** How a model is asked. */
export interface ModelAsking {
  /** Cancels the question. */
  readonly signal: AbortSignal;
  /** Called before each request, those in a looser form and the repair included. @throws Error when no more may be sent */
  spend(): void;
  /** Called with the tokens of each answer, where the server counts them. */
  onTokens?(tokens: ModelTokens): void;
}

/** Length of a question and of its answer, as the server counts them. */
export interface ModelTokens {
  readonly prompt: number;
  readonly answer: number;
}

/** For the whole answer; small machines are slow. */
const usualAnswerMs = 30_000;
const probeMs = 2000;
/** Of a model that had too many questions and does not report for how long. */
const usualPauseMs = 20_000;
/** The response formats that a server can enforce, the strictest first. */
const formats = [
  { response_format: { type: "json_schema", json_schema: { name: "song", strict: true, schema: answerJsonSchema } } },
  { response_format: { type: "json_object" } },
  {},
] as const;
/** Names of the formats, in their order. */
const formatNames = ["json_schema", "json_object", "text"] as const;

/** A text, or (some servers) a list of parts of which some are text. */
const contentSchema = z.union([z.string(), z.array(z.unknown()).transform((parts) => parts.map((part) => z.object({ text: z.string() }).safeParse(part).data?.text ?? "").join(""))]);
/** Some models answer as if they called a function. */
const callsSchema = z.array(z.object({ function: z.object({ arguments: z.string() }) }));
const usageSchema = z.object({ usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }) });
const chatSchema = z.object({ choices: z.array(z.object({ message: z.object({ content: contentSchema.nullish(), tool_calls: callsSchema.nullish().catch(null) }) })).min(1) });
const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });
const errorSchema = z.object({ error: z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)]) });

/** Asks language models over OpenAI's chat interface. Remembers for each the strictest format that it supports. */
export class ModelClient {
  readonly #rungs = new Map<string, number>();
  readonly #answerMs: number;

  /** @param answerMs how long a whole answer may take; default 30 s */
  constructor({ answerMs = usualAnswerMs }: { readonly answerMs?: number } = {}) {
    this.#answerMs = answerMs;
  }

  /** The strictest format that it is known to support, or is tried with next. */
  formatOf({ url, model }: Endpoint): (typeof formatNames)[number] {
    return formatNames[this.#rungs.get(`${url} ${model}`) ?? 0] ?? "text";
  }

  /**
   * Asks about the meaning of a song. An unusable answer is sent back once, with its fault.
   * @param asking how it is asked
   * @throws ModelError, HttpError with the code `cancelled`; what `spend` throws
   */
  async understand(endpoint: Endpoint, question: Question, asking: ModelAsking): Promise<SongMeaning> {
    const first = await this.#chat(endpoint, messagesFor(question), asking);
    const answer = readAnswer(first);
    if (answer.ok) return answer.meaning;
    const second = readAnswer(await this.#chat(endpoint, messagesFor(question, { answer: first, fault: answer.fault }), asking));
    if (second.ok) return second.meaning;
    throw new ModelError(`${endpoint.model} gave no usable answer: ${second.fault}`);
  }

  async #chat(endpoint: Endpoint, messages: readonly unknown[], { signal, spend, onTokens }: ModelAsking): Promise<string> {
    const known = `${endpoint.url} ${endpoint.model}`;
    for (;;) {
      const rung = this.#rungs.get(known) ?? 0;
      const body = JSON.stringify({ model: endpoint.model, messages, temperature: 0.2, stream: false, ...formats[rung] });
      spend();
      const answer = await ask(endpoint, "/chat/completions", { body, signal, timeoutMs: this.#answerMs });
      const counted = usageSchema.safeParse(answer.json).data?.usage;
      if (counted !== undefined) onTokens?.({ prompt: counted.prompt_tokens, answer: counted.completion_tokens });
      if (answer.status !== 400 && answer.status !== 422) return contentOf(endpoint, answer);
      // It does not know this form: the next one is looser. When all are refused, the form is not the reason.
      this.#rungs.set(known, (rung + 1) % formats.length);
      if (rung + 1 === formats.length) return contentOf(endpoint, answer);
    }
  }
}

/** The models of an endpoint. @throws ModelError, HttpError when nothing answers there. */
export async function listModels(endpoint: Pick<Endpoint, "url" | "key">, signal: AbortSignal): Promise<string[]> {
  const answer = await ask(endpoint, "/models", { signal, timeoutMs: probeMs });
  const models = modelsSchema.safeParse(answer.json).data;
  if (answer.status !== 200 || models === undefined) throw new ModelError(`${endpoint.url} lists no models: ${faultOf(answer)}`);
  return models.data.map(({ id }) => id).slice(0, 1000);
}

async function ask({ url, key }: Pick<Endpoint, "url" | "key">, path: string, options: { body?: string; signal: AbortSignal; timeoutMs: number }): Promise<HttpAnswer> {
  const { body, signal, timeoutMs } = options;
  try {
    return await request(`${url}${path}`, {
      redirect: "error",
      signal,
      timeoutMs,
      headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }), ...(key === "" ? {} : { authorization: `Bearer ${key}` }) },
      ...(body === undefined ? {} : { method: "POST", body }),
    });
  } catch (error) {
    if (!(error instanceof HttpError) || error.code === "cancelled") throw error;
    throw new ModelError(`the language model at ${url} cannot be asked: ${error.message}`, { cause: error });
  }
}

function contentOf({ url, model }: Endpoint, answer: HttpAnswer): string {
  if (answer.status !== 200) {
    const hint = answer.status === 401 || answer.status === 403 ? "; check llm_api_key" : answer.status === 404 ? "; check llm_url and llm_model" : "";
    throw new ModelError(`${model} at ${url} ${faultOf(answer)}${hint}`, { retryMs: retryAfterMs(answer.headers, Date.now()) ?? (answer.status === 429 ? usualPauseMs : undefined) });
  }
  const chat = chatSchema.safeParse(answer.json).data;
  if (chat === undefined) throw new ModelError(`${url} does not answer as a language model does; check llm_url`);
  const message = chat.choices[0]?.message;
  return message?.content || message?.tool_calls?.[0]?.function.arguments || "";
}

function faultOf({ status, statusText, json }: HttpAnswer): string {
  const said = errorSchema.safeParse(json).data?.error ?? statusText;
  return `answered ${status} ${cleanName(said)}`.trim();
}
