import { busDir as defaultBusDir, ControlError, ensureBusDir, nameOwner } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { managerName } from "@vj/schema";
import { findOpenManager } from "./ask-manager.ts";
import { pause } from "../wait.ts";
import type { ManagerOptions } from "./manager-options.ts";
import { RigError } from "./rig-error.ts";
import { untilListed } from "./until-listed.ts";

const answerMs = 15_000;
const pollMs = 25;
/** Exit of a process whose name was already taken. */
const alreadyRunning = "exit code 3";

/** A process started as the manager. */
export interface LaunchedManager {
  /** How it ended: `exit code 1`, a signal, or the reason why it did not start; undefined while it runs. */
  ended(): string | undefined;
  /** Its last output, once it has ended. */
  lastWords(): Promise<string>;
}

/**
 * Starts a process manager, and returns the connection to it once it answers. When another starter is faster, the result
 * is a connection to that one's manager. If a manager is shutting down, it waits for its end.
 * @param launch starts the process, which must outlive this one.
 * @throws RigError `not_started` with its last output when it ends at once, or when it does not answer in time.
 */
export async function startManager(launch: () => LaunchedManager, { busDir = defaultBusDir(), signal }: ManagerOptions = {}): Promise<ControlClient> {
  // A rig whose directory was deleted goes on, and must not get a second manager.
  await untilListed({ busDir, signal });
  ensureBusDir(busDir);
  const end = performance.now() + answerMs;
  let launched: LaunchedManager | undefined;
  while (performance.now() < end) {
    const manager = await findOpenManager({ busDir, signal }).catch(notYet);
    if (manager !== undefined) return manager;
    const how = launched?.ended();
    if (launched !== undefined && how !== undefined && how !== alreadyRunning) {
      throw new RigError("not_started", `the process manager ended (${how}): ${await launched.lastWords()}`);
    }
    // No process has the name: neither ours, nor a faster one, nor one that is shutting down.
    if ((launched === undefined || how !== undefined) && nameOwner(busDir, managerName) === undefined) launched = launch();
    await pause(pollMs, { signal });
  }
  throw new RigError("not_started", `the process manager did not answer within ${answerMs / 1000} s`);
}

/** A manager that does not answer is busy: it may just be starting workers. @throws every other error */
function notYet(error: unknown): undefined {
  const slow = (error instanceof RigError && error.code === "no_answer") || (error instanceof ControlError && error.code === "timeout");
  if (!slow) throw error;
}
