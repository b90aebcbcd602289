import { z } from "zod";
import { msgIdSchema } from "./msg-id.ts";
import { workerNameSchema } from "./worker-name.ts";
import { conditionSchema } from "./worker-state.ts";

/** Worker -> process manager and connected clients, every 5 s. */
export const heartbeatSchema = z.object({
  type: z.literal("heartbeat"),
  msg_id: msgIdSchema.optional(),
  worker: workerNameSchema,
  pid: z.int().positive(),
  /** Seconds since the process started. */
  uptime_sec: z.number().nonnegative(),
  stats: z.record(z.string(), z.unknown()).default({}),
  protocol: z.int().optional(),
  /** New for each process, so that a restart with a reused pid is visible. */
  instance_id: z.string().max(64).optional(),
  /** Whether the worker does its job; left out when it reports nothing. */
  condition: conditionSchema.optional(),
});
/** A sign of life with the worker's counts, sent every 5 s. */
export type Heartbeat = z.infer<typeof heartbeatSchema>;
