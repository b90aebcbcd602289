import { limits, targetsInputSchema } from "@vj/schema";
import { defineCommand } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import type { Reply, TargetInput } from "@vj/schema";
import { z } from "zod";

/** The parts of the manager that its commands use. */
export interface ManagerActions {
  startWorker(name: string): Promise<Reply>;
  stopWorker(name: string): Promise<Reply>;
  restartWorker(name: string): Promise<Reply>;
  startAll(): Promise<Reply>;
  stopAll(): Promise<Reply>;
  getTargets(): Reply;
  setTargets(targets: TargetInput[], revision?: string): Promise<Reply>;
  shutdown(keepWorkers: boolean): Reply;
}

const one = z.object({ worker: z.string().max(limits.nameCharacters) });

/** The commands of the process manager, besides those of every worker. */
export function managerCommands(actions: ManagerActions): CommandTable {
  return {
    start_worker: defineCommand({
      description: "Starts a worker, now and with every later start of the manager",
      args: one,
      run: ({ worker }) => actions.startWorker(worker),
    }),
    stop_worker: defineCommand({
      description: "Stops a worker; it stays stopped until it is started again",
      args: one,
      run: ({ worker }) => actions.stopWorker(worker),
    }),
    restart_worker: defineCommand({
      description: "Stops a worker and starts it again",
      args: one,
      run: ({ worker }) => actions.restartWorker(worker),
    }),
    start_all: defineCommand({
      description: "Starts every enabled worker",
      args: z.object({}),
      run: () => actions.startAll(),
    }),
    stop_all: defineCommand({
      description: "Stops every worker",
      args: z.object({}),
      run: () => actions.stopAll(),
    }),
    get_targets: defineCommand({
      description: "The receivers of telemetry as they are written down, and where: {targets, from, file, revision}",
      args: z.object({}),
      run: () => actions.getTargets(),
    }),
    set_targets: defineCommand({
      description: "Replaces the receivers of telemetry, for all workers at once",
      args: targetsInputSchema.extend({ revision: z.string().max(64).optional() }),
      run: ({ targets, revision }) => actions.setTargets(targets, revision),
    }),
    shutdown: defineCommand({
      description: "Ends the manager and all workers, or leaves the workers running",
      args: z.object({ keep_workers: z.boolean().default(false) }),
      run: ({ keep_workers: keepWorkers }) => actions.shutdown(keepWorkers),
    }),
  };
}
