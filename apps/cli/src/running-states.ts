import { probe, scan } from "@vj/discovery";
import type { WorkerState } from "@vj/schema";

/** The states of all workers that answer; none when the bus cannot be used: `doctor` reports why. */
export async function runningStates(): Promise<Record<string, WorkerState>> {
  try {
    const found = await Promise.all(scan().map(async (name) => ({ name, probed: await probe(name) })));
    return Object.fromEntries(found.flatMap(({ name, probed }) => (probed.status === "alive" ? [[name, probed.state] as const] : [])));
  } catch {
    return {};
  }
}
