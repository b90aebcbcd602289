import { z } from "zod";
import { logLevels, parseJson, sanitizeText } from "@vj/schema";

/** One line of `logs/<worker>.log`; further keys are the writer's own. */
export const logLineSchema = z.looseObject({
  /** ISO 8601, UTC. */
  time: z.string(),
  level: z.enum(logLevels),
  /** Name of the process that wrote it. */
  source: z.string(),
  message: z.string(),
});
/** One line of a log file, as {@link logLineSchema} accepts it. */
export type LogLine = z.infer<typeof logLineSchema>;

/** Parses a line of a log file; undefined when no logger of ours wrote it. */
export function parseLogLine(line: string): LogLine | undefined {
  // Native libraries and crashes print other text; that is not a fault here.
  if (!line.startsWith("{")) return undefined;
  return logLineSchema.safeParse(parseJson(line)).data;
}

/**
 * Formats one line of a log file for a person: `12:04:11 WARN  worker  text key=value`. A line that no logger of ours wrote
 * is shown as it is. Safe for a terminal.
 */
export function formatLogLine(line: string): string {
  const parsed = parseLogLine(line);
  if (parsed === undefined) return sanitizeText(line);
  const { time, level, source, message, ...rest } = parsed;
  const extra = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  return sanitizeText(`${time.slice(11, 19)} ${level.toUpperCase().padEnd(5)} ${source.padEnd(18)} ${message}${extra.join("")}`);
}
