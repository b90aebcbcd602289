import { z } from "zod";
import { assertNotReserved } from "./command-table.ts";

/** Settings that every worker has beside its own. */
export const commonSettings = z.object({
  allow_remote_subscribers: z.boolean().default(false)
    .describe("Whether telemetry may be subscribed to hosts other than this machine"),
});

/** A worker's settings, if it has any, together with those that every worker has; of two with the same name its own counts. */
export function withCommonSettings<C extends z.ZodObject>(config: C | undefined): C;
export function withCommonSettings(config: z.ZodObject = z.object({})): z.ZodObject {
  assertNotReserved(config, "a setting");
  return config.clone({ ...config.def, shape: { ...commonSettings.shape, ...config.def.shape } });
}
