import { createClient, messageOf } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { watchWorkers } from "@vj/discovery";
import { managerName } from "@vj/schema";

/** Which telemetry, and where it is to come. */
export interface TapOptions {
  busDir: string;
  /** UDP port of ours on this machine. */
  port: number;
  /** Addresses, or prefixes ending in `*`; undefined: everything. */
  addresses: readonly string[] | undefined;
  /** A worker sends to us from now on. */
  onTapped(worker: string): void;
  onProblem(problem: string): void;
}

/**
 * Asks every worker on the bus, now and whenever one appears or comes back, to send its telemetry to a port as well.
 * They stop when the returned undo ends the connections, or when this process does.
 */
export function tapWorkers({ busDir, port, addresses, onTapped, onProblem }: TapOptions): () => void {
  const clients = new Map<string, ControlClient>();
  let over = false;
  const complain = (problem: string): void => {
    if (!over) onProblem(problem);
  };
  const tap = (worker: string): void => {
    const client = createClient(worker, { busDir });
    clients.set(worker, client);
    client.on("connect", () => {
      client.request("subscribe", { port, ...(addresses === undefined ? {} : { addresses }) }).then(
        (reply) => (reply.success ? onTapped(worker) : complain(`${worker} sends nothing: ${reply.message ?? "no reason given"}`)),
        (error: unknown) => complain(`${worker} sends nothing: ${messageOf(error)}`),
      );
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
