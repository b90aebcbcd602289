import { pino } from "pino";
import type { Logger as PinoLogger } from "pino";
import { LogFile, formatLogLine } from "@vj/logs";
import type { LogLevel } from "@vj/schema";
import { besideLine, withMessage } from "./log-fields.ts";

/** Writes JSON lines: `log.info("text")`, `log.warn({ key: value }, "text")`. */
export type Logger = PinoLogger;

/** Where log lines go, and from which level on. */
export interface LoggerOptions {
  /** Name of the process, the `source` of its lines. */
  source: string;
  level: LogLevel;
  /** The bus directory: lines go to its log folder. */
  busDir: string;
  /** Name of the file there; default `<source>.log`. */
  file?: string;
  /** Also prints each line in plain form for a person. */
  print?: (text: string) => void;
}

/** The logger of one process; `lost` counts lines that could not be written. */
export interface ProcessLogger extends AsyncDisposable {
  readonly log: Logger;
  readonly lost: number;
  close(): Promise<void>;
}

/** A logger into the log folder of the bus; a line that cannot be written stops nothing. */
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
      formatters: { level: (label) => ({ level: label }), log: (fields) => besideLine(fields) },
      hooks: {
        logMethod(args, method) {
          method.apply(this, withMessage(args));
        },
      },
    },
    { write },
  );
  return {
    log,
    get lost() {
      return logFile.lost;
    },
    close: () => logFile.close(),
    [Symbol.asyncDispose]: () => logFile.close(),
  };
}
