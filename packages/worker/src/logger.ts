import { pino } from "pino";
import type { Logger as PinoLogger } from "pino";
import { logLineSchema, sanitizeText } from "@vj/schema";
import type { LogLevel } from "@vj/schema";
import { LogFile } from "./log-file.ts";

/** Writes JSON lines: `log.info("text")`, `log.warn({ key: value }, "text")`. */
export type Logger = PinoLogger;

export interface LoggerOptions {
  /** Name of the process, the `source` of its lines. */
  source: string;
  level: LogLevel;
  /** Where the lines go: into its log folder. */
  busDir: string;
  /** Name of the file there; default `<source>.log`. */
  file?: string;
  /** Also shown to a person, one plain line each. */
  print?: (text: string) => void;
}

/** The logger of one process; `lost` counts lines that could not be written. */
export interface ProcessLogger {
  readonly log: Logger;
  readonly lost: number;
  close(): void;
}

export function createLogger({ source, level, busDir, file = `${source}.log`, print }: LoggerOptions): ProcessLogger {
  const logFile = new LogFile(busDir, file);
  const write = (line: string): void => {
    const { lost } = logFile;
    const fault = logFile.write(line);
    if (fault === undefined && lost > 0) log.warn({ lost }, `${lost} log lines were lost: the log file could not be written`);
    if (fault !== undefined && lost === 0) print?.(`cannot write ${file}: ${fault}`);
    print?.(formatLogLine(line.trimEnd()));
  };
  const log = pino(
    {
      level,
      base: { source },
      messageKey: "message",
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  return {
    log,
    get lost() {
      return logFile.lost;
    },
    close: () => logFile.close(),
  };
}

/**
 * One line of a log file as a person reads it: `12:04:11 WARN  worker  text key=value`. A line that is not ours is shown
 * as it is. Safe for a terminal.
 */
export function formatLogLine(line: string): string {
  const parsed = parseLogLine(line);
  if (parsed === undefined) return sanitizeText(line);
  const { time, level, source, message, ...rest } = parsed;
  const extra = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  return sanitizeText(`${time.slice(11, 19)} ${level.toUpperCase().padEnd(5)} ${source.padEnd(18)} ${message}${extra.join("")}`);
}

/** Reads a line of a log file; undefined when it is not one of ours. */
export function parseLogLine(line: string): ReturnType<typeof logLineSchema.parse> | undefined {
  try {
    const result = logLineSchema.safeParse(JSON.parse(line));
    return result.success ? result.data : undefined;
  } catch {
    // Native libraries and crashes print whatever they like; that is no fault here.
    return undefined;
  }
}
