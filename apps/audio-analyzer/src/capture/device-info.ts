import { z } from "zod";

/** One input of the machine, as `vj-capture --list` prints it. */
export const deviceInfoSchema = z.object({
  name: z.string(),
  /** Sound system it is reached through: "Core Audio", "ALSA", "Windows WASAPI", … */
  hostApi: z.string(),
  /** Most input channels it has. */
  channels: z.int().nonnegative(),
  /** Its own rate in Hz. */
  sampleRate: z.number().positive(),
  /** The system would take this one if nobody chose. */
  isDefault: z.boolean(),
});
export type DeviceInfo = z.infer<typeof deviceInfoSchema>;
