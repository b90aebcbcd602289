import { z } from "zod";

/** Data of the analyzer's reply to `meter_devices`: the inputs of the machine, and how loud each is. */
export const soundInputsSchema = z.object({
  inputs: z.array(
    z.object({
      /** What `audio_source` takes to choose it. */
      source: z.string(),
      name: z.string(),
      /** Its sound system; empty for a program that records. */
      hostApi: z.string(),
      channels: z.int().nonnegative(),
      /** The system's default input. */
      isDefault: z.boolean(),
      /** It carries the machine's output. */
      loopback: z.boolean(),
      /** The analyzer plays it now; then it is not opened a second time. */
      playing: z.boolean(),
      /** The largest sample, 0 to 1; null where nothing was measured. */
      peak: z.number().min(0).max(1).nullable(),
      /** Why nothing was measured, for a person; empty when something was. */
      problem: z.string(),
    }),
  ),
});
/** A sound device that can be captured. */
export type SoundInput = z.infer<typeof soundInputsSchema>["inputs"][number];
