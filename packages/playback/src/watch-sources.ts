import { createClient, messageOf } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { watchWorkers } from "@vj/discovery";
import { descriptionSchema, limits, sourcesOf } from "@vj/schema";
import type { Description } from "@vj/schema";

export interface WatchSourcesOptions {
  busDir: string;
  /** A worker that publishes a source was found. Called once for each pair. */
  onSource(source: string, worker: string): void;
  /** Called with problems for a person. */
  onProblem(problem: string): void;
  /** Delay before a worker that did not answer is asked again, milliseconds. */
  retryMs?: number;
}

/**
 * Finds the playback sources: each worker on the bus that declares `/playback/<source>/track` in `describe` and answers
 * `hold_output`, registered or not. A socket is asked until it has answered once; a found source is remembered after its
 * worker has gone, so that a follower can wait for it.
 * @returns a function that ends the watch.
 */
export function watchSources({ busDir, onSource, onProblem, retryMs = limits.rescanMs }: WatchSourcesOptions): () => void {
  const asking = new Map<string, ControlClient>();
  const retries = new Set<NodeJS.Timeout>();
  const found = new Set<string>();
  let closed = false;

  const ask = async (worker: string, client: ControlClient): Promise<void> => {
    try {
      const description = await describe(client);
      if (asking.get(worker) !== client) return;
      end(worker);
      for (const source of description === undefined ? [] : sourcesOf(description)) {
        const pair = `${source} ${worker}`;
        if (found.has(pair)) continue;
        found.add(pair);
        onSource(source, worker);
      }
    } catch (error) {
      if (asking.get(worker) !== client || !client.connected) return;
      onProblem(`${worker} did not answer describe: ${messageOf(error)}; asking again`);
      const retry = setTimeout(() => {
        retries.delete(retry);
        if (!closed && client.connected) void ask(worker, client);
      }, retryMs);
      retries.add(retry);
    }
  };
  const end = (worker: string): void => {
    void asking.get(worker)?.close();
    asking.delete(worker);
  };
  const watch = watchWorkers({
    busDir,
    onAppear: (worker) => {
      end(worker);
      const client = createClient(worker, { busDir });
      asking.set(worker, client);
      client.on("connect", () => void ask(worker, client));
    },
    onVanish: end,
    onProblem,
  });
  return () => {
    closed = true;
    void watch.close();
    for (const retry of retries) clearTimeout(retry);
    for (const worker of [...asking.keys()]) end(worker);
  };
}

/** @returns undefined when the worker does not describe itself: older and foreign ones may not. */
async function describe(client: ControlClient): Promise<Description | undefined> {
  const reply = await client.request("describe", {}, { timeoutMs: limits.slowReplyMs });
  return descriptionSchema.safeParse(reply.data).data;
}
