import { diskFault } from "@vj/files";
import { formatLogLine, readLog } from "@vj/logs";
import type { LogEntry, LogMark } from "@vj/logs";
import { messageOf, sanitizeText } from "@vj/schema";

/** Where and when an ended process may have recorded its reason: in its log, and in its other output. */
export interface LastWordsQuery {
  readonly busDir: string;
  /** Name of the process. */
  readonly name: string;
  /** Start of this process, epoch milliseconds: earlier lines belong to another one. */
  readonly bornAt: number;
  /** Start of its output; left out when the output is not kept. */
  readonly output?: LogMark | undefined;
  /** An error logged longer ago than this is not the reason for the end; milliseconds. */
  readonly maxAgeMs?: number;
}

const tailBytes = 65_536;
const longest = 300;
// A restart waits for this, so little is read.
const linesBytes = 8192;
// A crash of Node prints ten lines.
const [ownLines, printedLines] = [5, 12];

/**
 * The last message of a process before it ended, on one safe line; when it recorded none, whether its disk is full;
 * undefined when there is none. Never throws: when the
 * log cannot be read, it returns the reason.
 */
export function lastWords(query: LastWordsQuery, now = Date.now()): string | undefined {
  const oldest = Math.max(query.bornAt, now - (query.maxAgeMs ?? 10_000));
  try {
    const message = lastError(query, oldest) ?? lastCrash(query) ?? fullDisk(query.busDir);
    return message === undefined || message === "" ? undefined : sanitizeText(message, longest);
  } catch (error) {
    return `its log cannot be read: ${messageOf(error)}`;
  }
}

function fullDisk(dir: string): string | undefined {
  const fault = diskFault(dir);
  return fault === undefined ? undefined : `${fault}; make room there`;
}

/**
 * The last lines of a process, for a person who needs more than its last message: from its log, then from its other
 * output. Never throws, like `lastWords`.
 */
export function lastLines(query: LastWordsQuery): string[] {
  try {
    const own = readOwn(query, linesBytes, query.bornAt).map(({ line }) => formatLogLine(line));
    return [...own.slice(-ownLines), ...readOutput(query, linesBytes).slice(-printedLines)].map((line) => sanitizeText(line, longest));
  } catch (error) {
    return [`its log cannot be read: ${messageOf(error)}`];
  }
}

/** Lines of its logger from `since` on (epoch milliseconds). */
function readOwn({ busDir, name }: LastWordsQuery, bytes: number, since: number): LogEntry[] {
  return readLog(busDir, `${name}.log`, { bytes }).filter(({ at, printed }) => printed !== true && at >= since);
}

/** Its output, even when the file was rotated meanwhile. */
function readOutput({ busDir, name, output }: LastWordsQuery, bytes: number): string[] {
  return output === undefined ? [] : readLog(busDir, `${name}.out.log`, { bytes, since: output }).map(({ line }) => line);
}

function lastError(query: LastWordsQuery, oldest: number): string | undefined {
  return readOwn(query, tailBytes, oldest).findLast(({ level }) => level === "error" || level === "fatal")?.text;
}

/** From the output of Node and native libraries: the line with the error, otherwise the last line. */
function lastCrash(query: LastWordsQuery): string | undefined {
  const lines = readOutput(query, tailBytes)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("Node.js v"));
  return lines.findLast((line) => /^(?:Uncaught )?(?:[A-Z]\w*)?(?:Error|Exception)\b.*:/.test(line)) ?? lines.at(-1);
}
