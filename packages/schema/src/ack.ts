import { z } from "zod";
import { msgIdSchema } from "./msg-id.ts";

/** Worker -> client: whether a command was carried out. */
export const ackSchema = z.object({
  type: z.literal("ack"),
  msg_id: msgIdSchema.optional(),
  success: z.boolean(),
  message: z.string().nullable().default(null),
  data: z.record(z.string(), z.unknown()).nullable().default(null),
});
/** The reply to a command that changes something. */
export type Ack = z.infer<typeof ackSchema>;
