import { z } from "zod";

/** A JSON Schema, as `z.toJSONSchema` writes it. Kept open: a stranger's worker may use any keyword. */
export const jsonSchemaSchema = z.record(z.string(), z.unknown());
export type JsonSchema = z.infer<typeof jsonSchemaSchema>;

const argumentSchema = z.object({
  name: z.string(),
  tag: z.enum(["i", "f", "s"]),
  min: z.number().optional(),
  max: z.number().optional(),
  unit: z.string().optional(),
  optional: z.boolean().optional(),
});

/** The reply to `describe`: enough for a UI to build a panel without knowing the worker. */
export const descriptionSchema = z.object({
  worker: z.string(),
  version: z.string(),
  protocol: z.int(),
  description: z.string().default(""),
  config_schema: jsonSchemaSchema,
  commands: z.record(z.string(), z.object({ description: z.string().default(""), args: jsonSchemaSchema })),
  osc: z.record(
    z.string(),
    z.object({
      args: z.array(argumentSchema),
      kind: z.enum(["stream", "state", "event"]),
      rate: z.number().optional(),
      description: z.string(),
      list: z.object({ name: z.string(), role: z.enum(["reset", "item"]) }).optional(),
    }),
  ),
});
export type Description = z.infer<typeof descriptionSchema>;
