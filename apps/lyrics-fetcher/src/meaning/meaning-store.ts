import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { jsonFile } from "@vj/files";
import { categories } from "@vj/schema";
import { z } from "zod";
import { normalizeLine } from "../refrain.ts";
import { StoreFolder } from "../store-folder.ts";
import { promptVersion } from "./model-prompt.ts";
import type { Question } from "./model-prompt.ts";
import type { SongMeaning } from "./song-meaning.ts";

const texts = z.array(z.string().max(1000)).max(10);
const entrySchema = z.object({
  prompt_version: z.literal(promptVersion),
  model: z.string(),
  /** Of which song; entries from before they were kept have none. */
  artist: z.string().optional(),
  title: z.string().optional(),
  /** When it was answered, epoch seconds; older entries have no time. */
  at: z.number().optional(),
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
    return this.kept(question, model)?.meaning;
  }

  /** The answer, and when it was given, epoch seconds. */
  kept(question: Question, model: string): { readonly meaning: SongMeaning; readonly at: number | undefined } | undefined {
    try {
      const entry = entrySchema.safeParse(this.#file(question, model).read()).data;
      return entry === undefined ? undefined : { meaning: entry.meaning, at: entry.at };
    } catch {
      // Damaged: the model is asked again, and the file is rewritten.
      return undefined;
    }
  }

  /** @throws Error when it cannot be written. */
  async put(question: Question, model: string, meaning: SongMeaning): Promise<void> {
    const file = this.#file(question, model);
    const text = await file.write({ prompt_version: promptVersion, model, artist: question.artist, title: question.title, at: Math.round(Date.now() / 1000), meaning });
    this.#folder.makeRoom({ name: path.basename(file.path), bytes: text.length }, () => true);
  }

  /** Forgets a song, whichever model answered. @param question with the lines where they are known, by which older entries are found. @returns how many answers */
  forget(question: Question): number {
    return this.#remove((name) => {
      const entry = this.#entry(name);
      if (entry === undefined) return false;
      const { artist, title, model } = entry;
      if (artist !== undefined && title !== undefined) return isSameSong(question, { artist, title });
      return path.basename(this.#file(question, model).path) === name;
    });
  }

  /** Forgets all songs. @returns how many answers */
  clear(): number {
    return this.#remove(() => true);
  }

  #remove(wanted: (name: string) => boolean): number {
    const names = this.#folder.names().filter(wanted);
    for (const name of names) rmSync(path.join(this.#folder.dir, name), { force: true });
    return names.length;
  }

  #entry(name: string): z.output<typeof entrySchema> | undefined {
    try {
      return entrySchema.safeParse(jsonFile(path.join(this.#folder.dir, name)).read()).data;
    } catch {
      return undefined;
    }
  }

  #file({ artist, title, lines }: Question, model: string): ReturnType<typeof jsonFile> {
    const key = JSON.stringify([artist, title, lines.map(({ text }) => text), model, promptVersion]);
    return jsonFile(path.join(this.#folder.dir, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`));
  }
}

/** The store of a rig. @param dataDir its data directory */
export function meaningStore(dataDir: string): MeaningStore {
  return new MeaningStore(path.join(dataDir, "meaning"));
}

/** Names are alike as those of stored lyrics are. */
function isSameSong(one: { artist: string; title: string }, other: { artist: string; title: string }): boolean {
  return key(one) === key(other);
}

function key({ artist, title }: { artist: string; title: string }): string {
  return JSON.stringify([artist, title].map((name) => normalizeLine(name) || name));
}
