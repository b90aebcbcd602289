import { z } from "zod";

/** One input of the machine, as printed by `vj-capture --list`. */
export const deviceInfoSchema = z.object({
  name: z.string(),
  /** Its sound system: "Core Audio", "ALSA", "Windows WASAPI", … */
  hostApi: z.string(),
  /** Number of its input channels. */
  channels: z.int().nonnegative(),
  /** Its own rate in Hz. */
  sampleRate: z.number().positive(),
  /** The system's default input. */
  isDefault: z.boolean(),
});
/** A sound device as the system lists it. */
export type DeviceInfo = z.infer<typeof deviceInfoSchema>;
