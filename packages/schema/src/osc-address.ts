import { oscKinds, oscTagNames } from "@vj/contract";
import { z } from "zod";

const argumentSchema = z.object({
  name: z.string(),
  tag: z.enum(oscTagNames),
  min: z.number().optional(),
  max: z.number().optional(),
  unit: z.string().optional(),
  choices: z.array(z.string()).readonly().optional(),
  optional: z.boolean().optional(),
  flat: z.string().optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  light: z.enum(["flash", "brightness"]).optional(),
});

/** An address as `describe` carries it: an `OscAddress`. */
export const oscAddressSchema = z.object({
  args: z.array(argumentSchema),
  kind: z.enum(oscKinds),
  rate: z.number().optional(),
  description: z.string(),
  list: z.object({ name: z.string(), role: z.enum(["reset", "item"]) }).optional(),
});
