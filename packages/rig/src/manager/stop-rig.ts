import { busDir as defaultBusDir, isRunning, killStrays, nameOwner, nameOwners } from "@vj/control";
import { scan } from "@vj/discovery";
import type { BusOptions } from "@vj/discovery";
import { managerName } from "@vj/schema";
import { endOwner, endProcess } from "./end-process.ts";
import type { Ended } from "./end-process.ts";
import { RigError } from "./rig-error.ts";
import { untilListed } from "./until-listed.ts";
import type { LostProcess } from "./until-listed.ts";

/** The manager gives its workers 4 s; if it still runs after this time, it hangs. */
const managerEndMs = 10_000;
/** The time that the manager gives a worker that is stopped by request. */
const workerEndMs = 5000;

/** Outcome for one name. */
export interface StopResult {
  readonly name: string;
  readonly how: Ended;
}

/**
 * Stops the process manager with its workers, then processes that ran without one; kills those that do not end, and what ended workers left behind. Returns
 * when the processes have ended, in bounded time in any case: a rig must not stay half stopped, so no signal ends it. A manager
 * started meanwhile keeps its workers.
 * @returns what was stopped. @throws RigError `not_ended` that names the remaining processes.
 */
export async function stopRig({ busDir: dir = defaultBusDir() }: BusOptions = {}): Promise<StopResult[]> {
  const results: StopResult[] = [];
  const stop = async (name: string, limitMs: number): Promise<void> => {
    const how = await endProcess(name, dir, { limitMs, alone: name === managerName });
    if (how !== undefined) results.push({ name, how });
  };
  const lost = await untilListed({ busDir: dir });
  const manager = nameOwner(dir, managerName);
  if (present(dir).includes(managerName)) await stop(managerName, managerEndMs);
  const successor = nameOwner(dir, managerName);
  // Remaining processes ran without a manager, or outlived it. A manager started meanwhile has adopted them.
  if (successor === undefined || successor.pid === manager?.pid) {
    await Promise.all(present(dir).filter((name) => name !== managerName).map((name) => stop(name, workerEndMs)));
    killStrays(dir);
  }
  for (const owner of managerFirst(lost)) {
    const { name } = owner;
    results.push({ name, how: await endOwner(name, owner, { limitMs: name === managerName ? managerEndMs : workerEndMs, alone: name === managerName }) });
  }
  const problems = results.flatMap(({ how }) => (how.outcome === "left" ? [how.problem] : []));
  if (problems.length > 0) {
    const hint = "list the processes with: ps ax | grep 'vj '; then end each with kill -9 and its pid";
    throw new RigError("not_ended", `some processes have not ended\n  ${problems.join("\n  ")}`, { hint });
  }
  return results;
}

/** The manager ends its workers, and would start others in their place. */
function managerFirst(lost: readonly LostProcess[]): LostProcess[] {
  return lost.toSorted((a, b) => Number(b.name === managerName) - Number(a.name === managerName)).filter(isRunning);
}

/** Names with a socket, and names whose process runs without one: it is starting, or its socket was deleted. */
function present(dir: string): string[] {
  return [...new Set([...scan({ busDir: dir }), ...nameOwners(dir).keys()])].toSorted();
}
