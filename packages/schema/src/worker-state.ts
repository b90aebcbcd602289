import { workerPhases } from "@vj/contract";
import { z } from "zod";


/** How a process ended. `code` and `signal` are null where they are unknown (an adopted process). */
export const lastExitSchema = z.object({
  code: z.int().nullable(),
  signal: z.string().nullable(),
  reason: z.string(),
  /** Epoch seconds. */
  at: z.number(),
  /** The last lines of its output, oldest first, safe for a terminal. */
  lines: z.array(z.string()).default([]),
});
/** How the last process of a worker ended. */
export type LastExit = z.infer<typeof lastExitSchema>;

/** A worker's own report on whether it does its job. */
export const conditionSchema = z.object({
  level: z.enum(["ok", "degraded", "failed"]),
  /** The problem, for a person. */
  text: z.string().default(""),
  /** Since when, epoch seconds. */
  since: z.number().optional(),
  /** The next step for a person. */
  todo: z.string().optional(),
});
/** Whether a worker does its job, in its own words. */
export type Condition = z.infer<typeof conditionSchema>;

/** One entry of `workers` in the manager's `get_state`. Times are epoch seconds. */
export const managedWorkerSchema = z.object({
  enabled: z.boolean(),
  running: z.boolean(),
  restart_count: z.int().nonnegative(),
  last_heartbeat: z.number().nullable(),
  state: z.enum(workerPhases),
  pid: z.int().positive().nullable(),
  adopted: z.boolean(),
  last_exit: lastExitSchema.nullable(),
  next_restart_at: z.number().nullable(),
  /** Restarts that count against the budget now; left out by an older manager. */
  recent_restarts: z.int().nonnegative().optional(),
  /** The last faults by which it ended, oldest first; left out by an older manager. */
  crashes: z.array(lastExitSchema.pick({ at: true, reason: true })).optional(),
  /** The worker is enabled, but a person stopped it: it stays stopped until a person starts it. */
  stopped_by_request: z.boolean().default(false),
  /** The worker's own report; null while there is none. */
  condition: conditionSchema.nullable().default(null),
  /** Reason of the state, for a person; empty when there is nothing to report. */
  detail: z.string().default(""),
});
/** A worker that the process manager starts and watches. */
export type ManagedWorker = z.infer<typeof managedWorkerSchema>;

/** The manager's `get_state`. */
export const managerStateSchema = z.looseObject({
  status: z.string(),
  pid: z.int().positive(),
  workers: z.record(z.string(), managedWorkerSchema),
  total_managed: z.int().nonnegative(),
});
/** The answer of the process manager to `get_state`. */
export type ManagerState = z.infer<typeof managerStateSchema>;

/** Fields common to every worker's `get_state`; a worker's own fields stand beside them. */
export const workerStateSchema = z.looseObject({
  status: z.string(),
  pid: z.int().positive(),
  protocol: z.int().optional(),
  instance_id: z.string().optional(),
  config: z.record(z.string(), z.unknown()).optional(),
  /** A missing or invalid condition counts as none. */
  condition: conditionSchema.optional().catch(undefined),
});
/** The answer of a worker to `get_state`, as far as all workers have it. */
export type WorkerState = z.infer<typeof workerStateSchema>;
