import { z } from "zod";

/**
 * First line that `vj-capture` writes to its descriptor 3: the format of the samples, or why there are none. After a line
 * without `error`, interleaved 32-bit little-endian floats follow until the process ends.
 */
export const captureHeaderSchema = z.union([
  z.object({ error: z.string() }),
  z.object({ name: z.string(), hostApi: z.string(), channels: z.number(), sampleRate: z.number() }),
]);
export type CaptureHeader = z.infer<typeof captureHeaderSchema>;
