import { z } from "zod";
import { msgIdSchema } from "./msg-id.ts";

/** Worker -> client: the data of a query. */
export const responseSchema = z.object({
  type: z.literal("response"),
  msg_id: msgIdSchema.optional(),
  /** True: a refusal is an `ack`. Older workers leave it out; the control server fills it in. */
  success: z.boolean().optional(),
  data: z.record(z.string(), z.unknown()),
});
/** The reply to a command that asks for data. */
export type Response = z.infer<typeof responseSchema>;
