import { createHash } from "node:crypto";
import path from "node:path";
import { jsonFile } from "@vj/files";
import { categories } from "@vj/schema";
import { z } from "zod";
import { StoreFolder } from "../store-folder.ts";
import { promptVersion } from "./model-prompt.ts";
import type { Question } from "./model-prompt.ts";
import type { SongMeaning } from "./song-meaning.ts";

const texts = z.array(z.string().max(1000)).max(10);
const entrySchema = z.object({
  prompt_version: z.literal(promptVersion),
  model: z.string(),
  meaning: z.object({
    mood: z.enum(categories),
    energy: z.number(),
    valence: z.number(),
    categories: z.record(z.enum(categories), z.number()),
    themes: texts,
    adjectives: texts,
    keywords: texts,
    refrainLines: texts,
    imagePrompt: z.string().max(2000),
    source: z.literal("model"),
  }),
});

/** What models answered, on disk: one file for each song, model and wording of the question, the oldest make room. Guesses are not kept. */
export class MeaningStore {
  readonly #folder: StoreFolder;

  constructor(dir: string) {
    this.#folder = new StoreFolder(dir);
  }

  get(question: Question, model: string): SongMeaning | undefined {
    try {
      return entrySchema.safeParse(this.#file(question, model).read()).data?.meaning;
    } catch {
      // Damaged: the model is asked again, and the file is rewritten.
      return undefined;
    }
  }

  /** @throws Error when it cannot be written. */
  async put(question: Question, model: string, meaning: SongMeaning): Promise<void> {
    const file = this.#file(question, model);
    const text = await file.write({ prompt_version: promptVersion, model, meaning });
    this.#folder.makeRoom({ name: path.basename(file.path), bytes: text.length }, () => true);
  }

  #file({ artist, title, lines }: Question, model: string): ReturnType<typeof jsonFile> {
    const key = JSON.stringify([artist, title, lines.map(({ text }) => text), model, promptVersion]);
    return jsonFile(path.join(this.#folder.dir, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`));
  }
}
