/** Levels of a log line, least important first. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
/** How important a log line is. */
export type LogLevel = (typeof logLevels)[number];
