import { z } from "zod";
import { oscAddressSchema } from "./osc-address.ts";

/** A JSON Schema, as `z.toJSONSchema` writes it. Any keyword is accepted: workers of others may use more than ours do. */
export const jsonSchemaSchema = z.record(z.string(), z.unknown());
/** A JSON Schema (draft 2020-12), not looked into. */
export type JsonSchema = z.infer<typeof jsonSchemaSchema>;

/** The reply to `describe`: enough for a UI to build a panel without knowing the worker. */
export const descriptionSchema = z.object({
  worker: z.string(),
  version: z.string(),
  protocol: z.int(),
  description: z.string().default(""),
  config_schema: jsonSchemaSchema,
  commands: z.record(z.string(), z.object({ description: z.string().default(""), args: jsonSchemaSchema })),
  osc: z.record(z.string(), oscAddressSchema),
});
/** The answer to `describe`: settings, commands and OSC addresses of a worker. */
export type Description = z.infer<typeof descriptionSchema>;
