import { nameOwner, nameOwners } from "@vj/control";
import { scan } from "@vj/discovery";
import { managerName } from "@vj/schema";
import { endProcess } from "./end-process.ts";
import type { Ended } from "./end-process.ts";
import { RigError } from "./rig-error.ts";

/** The manager gives its workers 4 s; what then still runs hangs. */
const managerEndMs = 10_000;
/** As long as the manager gives one that is stopped by request. */
const workerEndMs = 5000;

/** What became of one name. */
export interface StopResult {
  readonly name: string;
  readonly how: Ended;
}

/**
 * Stops the process manager with its workers, then whatever ran without one; kills what does not end. Returns when the
 * processes have ended, in bounded time whatever they do. A manager that somebody starts meanwhile keeps its workers.
 * @returns what was stopped. @throws RigError `not_ended` naming what has not ended.
 */
export async function stopRig(dir: string): Promise<StopResult[]> {
  const results: StopResult[] = [];
  const stop = async (name: string, limitMs: number): Promise<void> => {
    const how = await endProcess(name, dir, { limitMs, alone: name === managerName });
    if (how !== undefined) results.push({ name, how });
  };
  const manager = nameOwner(dir, managerName);
  if (present(dir).includes(managerName)) await stop(managerName, managerEndMs);
  const successor = nameOwner(dir, managerName);
  // Whatever is still there ran without a manager, or outlived it. One that was started meanwhile has adopted it.
  if (successor === undefined || successor.pid === manager?.pid) {
    await Promise.all(present(dir).filter((name) => name !== managerName).map((name) => stop(name, workerEndMs)));
  }
  const problems = results.flatMap(({ how }) => (how.outcome === "left" ? [how.problem] : []));
  if (problems.length > 0) {
    const hint = "each process is listed by: ps ax | grep 'vj '; end it with kill -9 and its pid";
    throw new RigError("not_ended", `not everything has ended\n  ${problems.join("\n  ")}`, { hint });
  }
  return results;
}

/** Names with a socket, or whose process lives without one: it starts, or its socket was deleted. */
function present(dir: string): string[] {
  return [...new Set([...scan({ busDir: dir }), ...nameOwners(dir).keys()])].toSorted();
}
