import { z } from "zod";
import { msgIdSchema } from "./msg-id.ts";
import { workerNameSchema } from "./worker-name.ts";

/** Worker -> process manager, once per connection. */
export const registerSchema = z.object({
  type: z.literal("register"),
  msg_id: msgIdSchema.optional(),
  worker: workerNameSchema,
  pid: z.int().positive(),
  socket_path: z.string().max(4096),
  /** Checked as a whole: one fault for the list instead of one per element. */
  osc_addresses: z.custom<string[]>(isTexts, "expected a list of strings").default([]),
  protocol: z.int().optional(),
  instance_id: z.string().max(64).optional(),
});
/** The message with which a worker makes itself known to the process manager. */
export type Register = z.infer<typeof registerSchema>;

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((element) => typeof element === "string");
}
