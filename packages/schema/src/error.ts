import { z } from "zod";
import { msgIdSchema } from "./msg-id.ts";

/** Either direction: a message could not be understood. */
export const errorSchema = z.object({
  type: z.literal("error"),
  msg_id: msgIdSchema.optional(),
  error: z.string(),
  traceback: z.string().nullable().default(null),
  /** The code and issues, as in any refusal. */
  data: z.record(z.string(), z.unknown()).optional(),
});
/** A fault that a worker reports without being asked. */
export type ErrorMessage = z.infer<typeof errorSchema>;
