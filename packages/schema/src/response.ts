import { z } from "zod";

/** Worker -> client: the data that a query asked for. */
export const responseSchema = z.object({
  type: z.literal("response"),
  msg_id: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
});
export type Response = z.infer<typeof responseSchema>;
