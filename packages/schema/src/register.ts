import { z } from "zod";
import { workerNameSchema } from "./worker-name.ts";

/** Worker -> process manager, once per connection. */
export const registerSchema = z.object({
  type: z.literal("register"),
  msg_id: z.string().optional(),
  worker: workerNameSchema,
  pid: z.int().positive(),
  socket_path: z.string(),
  osc_addresses: z.array(z.string()).default([]),
  protocol: z.int().optional(),
  instance_id: z.string().optional(),
});
export type Register = z.infer<typeof registerSchema>;
