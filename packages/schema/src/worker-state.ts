import { z } from "zod";

/** What the manager knows of one worker. */
export const workerPhases = ["stopped", "starting", "running", "unhealthy", "backoff", "failed"] as const;
export type WorkerPhase = (typeof workerPhases)[number];

/** How a process ended. `code` and `signal` are null where nobody could learn them (an adopted process). */
export const lastExitSchema = z.object({
  code: z.int().nullable(),
  signal: z.string().nullable(),
  reason: z.string(),
  /** Epoch seconds. */
  at: z.number(),
  /** The last lines that it wrote before, oldest first, safe for a terminal. */
  lines: z.array(z.string()).default([]),
});
export type LastExit = z.infer<typeof lastExitSchema>;

/** Whether a worker that answers also does its job, as it says itself. */
export const conditionSchema = z.object({
  level: z.enum(["ok", "degraded", "failed"]),
  /** What is wrong, for a person. */
  text: z.string().default(""),
  /** Since when, epoch seconds. */
  since: z.number().optional(),
  /** What a person can do about it. */
  todo: z.string().optional(),
});
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
  /** It is switched on, but a person stopped it: it stays stopped until a person starts it. */
  stopped_by_request: z.boolean().default(false),
  /** What it says of itself; null while it says nothing. */
  condition: conditionSchema.nullable().default(null),
  /** Why it is in this state, for a person; empty when there is nothing to say. */
  detail: z.string().default(""),
});
export type ManagedWorker = z.infer<typeof managedWorkerSchema>;

/** The manager's `get_state`. */
export const managerStateSchema = z.looseObject({
  status: z.string(),
  pid: z.int().positive(),
  workers: z.record(z.string(), managedWorkerSchema),
  total_managed: z.int().nonnegative(),
});
export type ManagerState = z.infer<typeof managerStateSchema>;

/** What every worker's `get_state` carries; its own fields stand beside these. */
export const workerStateSchema = z.looseObject({
  status: z.string(),
  pid: z.int().positive(),
  protocol: z.int().optional(),
  instance_id: z.string().optional(),
  config: z.record(z.string(), z.unknown()).optional(),
  /** Left out, or not as it should be: nothing is said. */
  condition: conditionSchema.optional().catch(undefined),
});
export type WorkerState = z.infer<typeof workerStateSchema>;
