import { createClient } from "@vj/control";
import { watchWorkers } from "@vj/discovery";
import { managerName } from "@vj/schema";
import type { FeedOptions } from "@vj/telemetry";

/** Which telemetry, and who takes it. */
export interface TapOptions extends FeedOptions {
  busDir: string;
  /** A worker sends to us from now on. */
  onTapped(worker: string): void;
  onProblem(problem: string): void;
}

/**
 * Asks every worker on the bus, now and whenever one appears or comes back, to send its telemetry here as well.
 * They stop when the returned undo ends the connections, or when this process does.
 */
export async function tapWorkers({ busDir, onTapped, onProblem, ...feed }: TapOptions): Promise<() => void> {
  const { keepFeed } = await import("@vj/telemetry");
  const clients = new Map<string, { close(): void }>();
  let over = false;
  const complain = (problem: string): void => {
    if (!over) onProblem(problem);
  };
  const tap = (worker: string): void => {
    const client = createClient(worker, { busDir });
    clients.set(worker, client);
    keepFeed(client, {
      ...feed,
      onChange: (subscribed) => {
        if (subscribed) onTapped(worker);
      },
      onProblem: (problem) => complain(`${worker} sends nothing: ${problem}`),
    });
  };
  const watch = watchWorkers({
    busDir,
    onAppear: (worker) => {
      if (worker !== managerName && !clients.has(worker)) tap(worker);
    },
    onVanish: (worker) => {
      clients.get(worker)?.close();
      clients.delete(worker);
    },
    onProblem,
  });
  return () => {
    over = true;
    watch.close();
    for (const client of clients.values()) client.close();
  };
}
