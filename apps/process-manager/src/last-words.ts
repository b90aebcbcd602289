import { statSync } from "node:fs";
import { messageOf } from "@vj/control";
import { readEnd } from "@vj/files";
import { sanitizeText } from "@vj/schema";
import type { LogLine } from "@vj/schema";
import { formatLogLine, parseLogLine } from "@vj/worker";

/** Where in its file the output of a process begins. */
export interface OutputMark {
  /** `logs/<worker>.out.log`; what was in it before it grew too long is in `<file>.1`. */
  readonly file: string;
  /** Bytes that were in it already. */
  readonly size: number;
  /** Of the file then; another one means that it has begun anew since. */
  readonly inode: number;
}

/** Where and when a process that ended may have said why. */
export interface LastWordsQuery {
  /** `logs/<worker>.log`: JSON lines, written by the worker's own logger. */
  readonly logFile: string;
  /** Epoch milliseconds at which this process began: earlier lines are of another one. */
  readonly bornAt: number;
  /** Whatever came out of the process besides. */
  readonly output?: OutputMark;
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
    const said = lastError(readTail(query.logFile, tailBytes), oldest) ?? lastCrash(query);
    return said === undefined || said === "" ? undefined : sanitizeText(said, longest);
  } catch (error) {
    return `its log cannot be read: ${messageOf(error)}`;
  }
}

/**
 * The last lines that a process wrote, for a person who wants more than its last words: its log, then what came out of it
 * besides. Never throws, like `lastWords`.
 */
export function lastLines({ logFile, bornAt, output }: LastWordsQuery): string[] {
  try {
    const own = readTail(logFile, linesBytes)
      .split("\n")
      .filter((line) => Date.parse(parseLogLine(line)?.time ?? "") >= bornAt)
      .map(formatLogLine);
    const printed = output === undefined ? [] : readOutput(output, linesBytes).split("\n").filter((line) => line.trim() !== "");
    return [...own.slice(-ownLines), ...printed.slice(-printedLines)].map((line) => sanitizeText(line, longest));
  } catch (error) {
    return [`its log cannot be read: ${messageOf(error)}`];
  }
}

/** The last of what a process printed, also when the file began anew in the middle of it. */
function readOutput({ file, size, inode }: OutputMark, bytes: number): string {
  if (inodeOf(file) === inode) return readTail(file, bytes, size);
  const text = readTail(file, bytes);
  if (text.length >= bytes) return text;
  const older = `${file}.1`;
  return readTail(older, bytes - text.length, inodeOf(older) === inode ? size : 0) + text;
}

function inodeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}

/** What is not there says nothing. */
function readTail(file: string, bytes: number, since = 0): string {
  return readEnd(file, bytes, since) ?? "";
}

function lastError(text: string, oldest: number): string | undefined {
  return text
    .split("\n")
    .map(parseLogLine)
    .findLast((line) => line !== undefined && isError(line) && Date.parse(line.time) >= oldest)?.message;
}

function isError({ level }: LogLine): boolean {
  return level === "error" || level === "fatal";
}

/** From what Node and native libraries print: the line that names the error, else the last line. */
function lastCrash({ output }: LastWordsQuery): string | undefined {
  if (output === undefined) return undefined;
  const lines = readOutput(output, tailBytes)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("Node.js v"));
  return lines.findLast((line) => /^(?:Uncaught )?(?:[A-Z]\w*)?(?:Error|Exception)\b.*:/.test(line)) ?? lines.at(-1);
}
