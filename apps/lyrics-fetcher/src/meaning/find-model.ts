import { messageOf } from "@vj/schema";
import { HttpError } from "@vj/http";
import { ModelError, NoModelError, listModels } from "./model-client.ts";
import type { Endpoint } from "./model-client.ts";

/** What the settings say of the model. */
export interface ModelSettings {
  /** `auto`, or the base of an OpenAI-compatible interface. */
  readonly url: string;
  /** Empty: one that is there. */
  readonly model: string;
  readonly key: string;
}

const openAiUrl = "https://api.openai.com/v1";
const openAiModel = "gpt-4o-mini";
/** Ollama, LM Studio, llama.cpp: their usual addresses. */
const localUrls = ["http://127.0.0.1:11434/v1", "http://127.0.0.1:1234/v1", "http://127.0.0.1:8080/v1"];
/** Known to answer such questions well, the first that is there is taken; else whatever is there. */
const preferred = ["llama3.2", "llama3.1", "mistral", "deepseek-r1", "llama2", "phi3", "gemma2"];

/**
 * Finds a model to ask: where the settings say, at OpenAI when there is a key, else at the usual ports of this machine.
 * @throws NoModelError saying where it was looked for, ModelError; HttpError with the code `cancelled`.
 */
export async function findModel({ url, model, key }: ModelSettings, signal: AbortSignal, locals: readonly string[] = localUrls): Promise<Endpoint> {
  if (url !== "auto") {
    const base = url.replace(/\/+$/, "");
    return { url: base, key, model: model === "" ? choose(await listModels({ url: base, key }, signal), base) : model };
  }
  if (key !== "") return { url: openAiUrl, key, model: model === "" ? openAiModel : model };
  for (const local of locals) {
    try {
      const models = await listModels({ url: local, key }, signal);
      return { url: local, key, model: model === "" ? choose(models, local) : model };
    } catch (error) {
      if (error instanceof HttpError) throw error;
      // The next one may be there.
      if (!(error instanceof ModelError)) throw new ModelError(messageOf(error), { cause: error });
    }
  }
  throw new NoModelError(`no language model was found: there is no key, and none listens on this machine (${locals.map((local) => new URL(local).port).join(", ")})`);
}

function choose(models: readonly string[], url: string): string {
  const known = preferred.flatMap((name) => models.find((model) => model.startsWith(name)) ?? []);
  const chosen = known[0] ?? models[0];
  if (chosen === undefined) throw new ModelError(`${url} has no model; load one there, or set llm_model`);
  return chosen;
}
