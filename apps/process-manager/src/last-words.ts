import { formatLogLine, readLog } from "@vj/logs";
import type { LogEntry, LogMark } from "@vj/logs";
import { messageOf, sanitizeText } from "@vj/schema";

/** Where and when a process that ended may have said why: in its log, and in what it printed besides. */
export interface LastWordsQuery {
  readonly busDir: string;
  /** Name of the process. */
  readonly name: string;
  /** Epoch milliseconds at which this process began: earlier lines are of another one. */
  readonly bornAt: number;
  /** Where its output begins; left out: it is not kept. */
  readonly output?: LogMark | undefined;
  /** An error that was logged longer ago than this says nothing about the end; milliseconds. */
  readonly maxAgeMs?: number;
}

const tailBytes = 65_536;
const longest = 300;
// A restart waits for this, so it is kept short.
const linesBytes = 8192;
// A crash of Node takes ten lines.
const [ownLines, printedLines] = [5, 12];

/**
 * The last thing a process said before it ended, on one safe line; undefined when it said nothing.
 * Never throws: why its words cannot be read is said instead of them.
 */
export function lastWords(query: LastWordsQuery, now = Date.now()): string | undefined {
  const oldest = Math.max(query.bornAt, now - (query.maxAgeMs ?? 10_000));
  try {
    const said = lastError(query, oldest) ?? lastCrash(query);
    return said === undefined || said === "" ? undefined : sanitizeText(said, longest);
  } catch (error) {
    return `its log cannot be read: ${messageOf(error)}`;
  }
}

/**
 * The last lines that a process wrote, for a person who wants more than its last words: its log, then what came out of it
 * besides. Never throws, like `lastWords`.
 */
export function lastLines(query: LastWordsQuery): string[] {
  try {
    const own = readOwn(query, linesBytes, query.bornAt).map(({ line }) => formatLogLine(line));
    return [...own.slice(-ownLines), ...readOutput(query, linesBytes).slice(-printedLines)].map((line) => sanitizeText(line, longest));
  } catch (error) {
    return [`its log cannot be read: ${messageOf(error)}`];
  }
}

/** What its logger wrote, from `since` on (epoch milliseconds). */
function readOwn({ busDir, name }: LastWordsQuery, bytes: number, since: number): LogEntry[] {
  return readLog(busDir, `${name}.log`, { bytes }).filter(({ at, printed }) => printed !== true && at >= since);
}

/** What it printed, also when the file began anew in the middle of it. */
function readOutput({ busDir, name, output }: LastWordsQuery, bytes: number): string[] {
  return output === undefined ? [] : readLog(busDir, `${name}.out.log`, { bytes, since: output }).map(({ line }) => line);
}

function lastError(query: LastWordsQuery, oldest: number): string | undefined {
  return readOwn(query, tailBytes, oldest).findLast(({ level }) => level === "error" || level === "fatal")?.text;
}

/** From what Node and native libraries print: the line that names the error, else the last line. */
function lastCrash(query: LastWordsQuery): string | undefined {
  const lines = readOutput(query, tailBytes)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("Node.js v"));
  return lines.findLast((line) => /^(?:Uncaught )?(?:[A-Z]\w*)?(?:Error|Exception)\b.*:/.test(line)) ?? lines.at(-1);
}
