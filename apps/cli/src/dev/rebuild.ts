/** Wait this long for further changes, ms: editors write in several steps, and several files are saved at once. */
const settleMs = 150;

/** Result of a build. */
export interface BuildResult {
  readonly ok: boolean;
  /** Output of the compiler, or of the bundler. */
  readonly output: string;
}

/** Actions when sources change. */
export interface RebuildSteps {
  /** @param changed names of the packages whose sources changed since the last good build. */
  build(changed: ReadonlySet<string>): Promise<BuildResult>;
  /** The build failed: keep everything as it is. */
  onBroken(output: string): void;
  /** The build succeeded. @param changed as for it. */
  onBuilt(changed: ReadonlySet<string>): Promise<void>;
  onError(error: unknown): void;
}

/** Turns changes into builds: one at a time, shortly after the last change, and again if something changed meanwhile. */
export class Rebuilder {
  readonly #steps: RebuildSteps;
  #changed = new Set<string>();
  /** Changed before a failed build, so that nothing runs their new code yet. */
  #broken: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(steps: RebuildSteps) {
    this.#steps = steps;
  }

  /** A source file of this package changed. */
  changed(packageName: string): void {
    if (this.#closed) return;
    this.#changed.add(packageName);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), settleMs);
  }

  /** Starts no more builds. Resolves when the running one has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #begin(): void {
    if (this.#running !== undefined || this.#closed || this.#changed.size === 0) return;
    const changed = new Set([...this.#broken, ...this.#changed]);
    this.#changed = new Set();
    this.#running = this.#build(changed)
      .catch((error: unknown) => this.#steps.onError(error))
      .finally(() => {
        this.#running = undefined;
        this.#begin();
      });
  }

  async #build(changed: ReadonlySet<string>): Promise<void> {
    const { ok, output } = await this.#steps.build(changed);
    this.#broken = ok ? new Set() : changed;
    if (this.#closed) return;
    if (ok) await this.#steps.onBuilt(changed);
    else this.#steps.onBroken(output);
  }
}
