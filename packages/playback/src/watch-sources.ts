import { openRig } from "@vj/rig";
import { createListeners, sourcesOf } from "@vj/schema";

/** Where sources are looked for. */
export interface WatchSourcesOptions {
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  readonly busDir?: string | undefined;
  /** How soon a worker that did not answer is asked again, milliseconds; default 5 s. */
  readonly retryMs?: number;
}

/** What a watch of sources reports. */
export interface SourceEvents extends Record<string, unknown[]> {
  /** A worker that publishes a source was found, or came back. */
  source: [source: string, worker: string];
  /** A problem, for a person. */
  problem: [problem: string];
}

/** Follows which playback sources are there, until it is closed. */
export interface SourceWatch extends AsyncDisposable {
  /** @returns the undo */
  on<E extends keyof SourceEvents>(event: E, listener: (...args: SourceEvents[E]) => void): () => void;
  close(): Promise<void>;
}

/**
 * Finds the playback sources: each worker on the bus that declares `/playback/<source>/track` in `describe` and answers
 * `hold_output`, registered or not. A source that was found stays known, so that it can be waited for.
 */
export function watchSources(options: WatchSourcesOptions = {}): SourceWatch {
  const { on, emit } = createListeners<SourceEvents>();
  const rig = openRig({ ...options, states: false, descriptions: true });
  rig.on("change", (_state, event) => {
    if (event.type !== "description") return;
    for (const source of sourcesOf(event.description)) emit("source", source, event.name);
  });
  rig.on("problem", (problem) => emit("problem", problem));
  return { on, close: rig.close, [Symbol.asyncDispose]: rig.close };
}
