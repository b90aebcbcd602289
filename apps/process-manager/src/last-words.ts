import { sanitizeText } from "@vj/schema";
import type { LogLine } from "@vj/schema";
import { parseLogLine } from "@vj/worker";
import { readTail } from "./file-tail.ts";

/** Where and when a process that ended may have said why. */
export interface LastWordsQuery {
  /** `logs/<worker>.log`: JSON lines, written by the worker's own logger. */
  readonly logFile: string;
  /** `logs/<worker>.out.log`: whatever came out of the process besides. */
  readonly outputFile: string;
  /** Epoch milliseconds at which this process began: earlier lines are of another one. */
  readonly bornAt: number;
  /** Size of the output file when the process began. */
  readonly outputStart: number;
  /** An error that was logged longer ago than this says nothing about the end; milliseconds. */
  readonly maxAgeMs?: number;
}

const tailBytes = 65_536;
const longest = 300;

/** The last thing a process said before it ended, on one safe line; undefined when it said nothing. */
export function lastWords(query: LastWordsQuery, now = Date.now()): string | undefined {
  const oldest = Math.max(query.bornAt, now - (query.maxAgeMs ?? 10_000));
  const said = lastError(readTail(query.logFile, tailBytes), oldest) ?? lastCrash(query);
  return said === undefined || said === "" ? undefined : sanitizeText(said, longest);
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
function lastCrash({ outputFile, outputStart }: LastWordsQuery): string | undefined {
  const lines = readTail(outputFile, tailBytes, outputStart)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("Node.js v"));
  return lines.findLast((line) => /^(?:Uncaught )?(?:[A-Z]\w*)?(?:Error|Exception)\b.*:/.test(line)) ?? lines.at(-1);
}
