import { messageOf, oscPattern } from "@vj/schema";
import { z } from "zod";

/** An OSC pattern. */
export const patternSchema = z.string().min(1).max(200).superRefine((pattern, context) => {
  try {
    if (!pattern.startsWith("/")) throw new Error(`"${pattern}" is not an OSC address; it begins with /, for example /karaoke/*`);
    oscPattern(pattern);
  } catch (error) {
    context.addIssue({ code: "custom", message: messageOf(error) });
  }
});

/** `recorder.json`. */
export const recorderConfig = z.object({
  folder: z.string().max(1000).default("").describe("Folder of the recordings; empty: recordings in the data directory"),
  leave_out: z.array(patternSchema).max(64).default([]).describe("Addresses that are not recorded, as OSC patterns: /karaoke/* /playback/* /vj/log for titles"),
  split_minutes: z.int().min(1).max(1440).default(60).describe("A new file begins after so many minutes"),
});
/** The settings of `recorder`. */
export type RecorderConfig = z.output<typeof recorderConfig>;
