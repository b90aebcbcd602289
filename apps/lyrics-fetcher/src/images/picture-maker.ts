import { createHash } from "node:crypto";
import { messageOf } from "@vj/schema";
import type { JobProgress } from "./comfyui-socket.ts";
import type { PictureCache } from "./picture-cache.ts";
import { fillWorkflow, readWorkflow } from "./workflow.ts";
import type { WorkflowValues } from "./workflow.ts";

/** The settings in force. */
export interface MakerSettings {
  readonly enabled: boolean;
  readonly url: string;
  /** Path of the workflow. */
  readonly workflow: string;
  readonly timeoutMs: number;
}

/** Has pictures made, and keeps them: the same words to the same workflow are not asked again. */
export class PictureMaker {
  readonly #cache: PictureCache;
  readonly #settings: () => MakerSettings;
  #problem: string | null = null;
  #progress: JobProgress | null = null;

  constructor(cache: PictureCache, settings: () => MakerSettings) {
    this.#cache = cache;
    this.#settings = settings;
  }

  get enabled(): boolean {
    return this.#settings().enabled;
  }

  /** Why the last picture was not made; null when it was, or it is switched off. */
  get problem(): string | null {
    return this.enabled ? this.#problem : null;
  }

  /** How far the picture is that is being made; null while none is. */
  get progress(): JobProgress | null {
    return this.#progress;
  }

  /** @returns the file of the picture @throws Error that says why there is none; the reason of the signal when that cancels it */
  async make(values: Omit<WorkflowValues, "seed">, signal: AbortSignal): Promise<string> {
    const { url, workflow: file, timeoutMs } = this.#settings();
    try {
      const text = readWorkflow(file);
      const key = JSON.stringify([text, values]);
      const kept = await this.#cache.get(key);
      if (kept !== undefined) return this.#made(kept);
      // Loaded when it is needed: most rigs have no ComfyUI.
      const { makePicture } = await import("./comfyui.ts");
      // The same for a song each time; 32 bits are what every sampler takes.
      const seed = createHash("sha256").update(key).digest().readUInt32BE();
      const { bytes, kind } = await makePicture({ url, workflow: fillWorkflow(text, { ...values, seed }), timeoutMs, signal, onProgress: (progress) => (this.#progress = progress) });
      return this.#made(await this.#cache.put(key, bytes, kind));
    } catch (error) {
      if (!signal.aborted) this.#problem = messageOf(error);
      throw error;
    } finally {
      this.#progress = null;
    }
  }

  #made(file: string): string {
    this.#problem = null;
    return file;
  }
}
