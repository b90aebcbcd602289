import { z } from "zod";

/** Either direction: a message could not be understood. */
export const errorSchema = z.object({
  type: z.literal("error"),
  msg_id: z.string().optional(),
  error: z.string(),
  traceback: z.string().nullable().default(null),
});
export type ErrorMessage = z.infer<typeof errorSchema>;
