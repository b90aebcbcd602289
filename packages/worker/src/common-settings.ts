import { z } from "zod";
import { assertNotReserved } from "./command-table.ts";

/** Settings of every worker, beside its own. */
export const commonSettings = z.object({
  allow_remote_subscribers: z.boolean().default(false)
    .describe("Whether telemetry may be sent to subscribers on other machines"),
});

/** A worker's own settings, if any, together with the common ones; for the same name its own applies. */
export function withCommonSettings<C extends z.ZodObject>(config: C | undefined): C;
export function withCommonSettings(config: z.ZodObject = z.object({})): z.ZodObject {
  assertNotReserved(config, "a setting");
  const { shape } = config.def;
  // Its own settings come first, because forms show them in this order.
  return config.clone({ ...config.def, shape: { ...shape, ...commonSettings.shape, ...shape } });
}
