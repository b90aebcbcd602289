import { z } from "zod";

/** Levels of a log line, least important first. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type LogLevel = (typeof logLevels)[number];

/** One line of `logs/<worker>.log`. */
export const logLineSchema = z.looseObject({
  /** ISO 8601, UTC. */
  time: z.string(),
  level: z.enum(logLevels),
  /** Name of the process that wrote it. */
  source: z.string(),
  message: z.string(),
});
export type LogLine = z.infer<typeof logLineSchema>;
