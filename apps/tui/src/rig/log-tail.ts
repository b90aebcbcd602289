import { closeSync, readSync, readdirSync } from "node:fs";
import path from "node:path";
import { ControlError, checkLogFolder, logFolder, messageOf, systemErrorCode } from "@vj/control";
import { openOwn } from "@vj/files";
import { isProcessName, logLineSchema } from "@vj/schema";
import type { LogLine } from "@vj/schema";
import type { LogEntry } from "./rig-state.ts";

export interface LogTailOptions {
  readonly busDir: string;
  readonly onEntries: (entries: LogEntry[]) => void;
  /** A fault worth telling; told once while it lasts. */
  readonly onProblem: (problem: string) => void;
}

const pollMs = 500;
/** How much of a file's end is read at first, and at most at once later. */
const tailBytes = 16_384;
/** A worker's own log, and what came out of its process besides. */
const logFile = /^(?<name>[a-z0-9_]+)(?:\.out)?\.log$/;

/** Follows the log files of the bus. The first entries are the ends of the files as they are. @returns the end of it */
export function followLogs({ busDir, onEntries, onProblem }: LogTailOptions): () => void {
  const dir = logFolder(busDir);
  const read = new Map<string, Place>();
  let problem: string | undefined;

  /** @returns what is wrong, if anything */
  const look = (): string | undefined => {
    const entries: LogEntry[] = [];
    let fault: string | undefined;
    for (const file of readdirSync(checkLogFolder(busDir))) {
      const source = sourceOf(file);
      if (source === undefined) continue;
      try {
        const { text, place, changedAt } = readFrom(path.join(dir, file), read.get(file));
        read.set(file, place);
        entries.push(...parseLog(text, source, changedAt));
      } catch (error) {
        // One that cannot be read hides no other; one that has just been renamed is looked at next time.
        if (systemErrorCode(error) !== "ENOENT") fault ??= messageOf(error);
      }
    }
    if (entries.length > 0) onEntries(entries.sort((one, other) => one.at - other.at));
    return fault;
  };

  const poll = (): void => {
    const fault = faultOf(look);
    if (fault !== undefined && fault !== problem) onProblem(`cannot read the logs in ${dir}: ${fault}`);
    problem = fault;
  };

  // Not at once: who follows is yet to get the end of it.
  const first = setImmediate(poll);
  const timer = setInterval(poll, pollMs);
  return () => {
    clearImmediate(first);
    clearInterval(timer);
  };
}

function faultOf(look: () => string | undefined): string | undefined {
  try {
    return look();
  } catch (error) {
    // No directory yet: nobody has written a log.
    const missing = systemErrorCode(error) === "ENOENT" || (error instanceof ControlError && error.code === "not_found");
    return missing ? undefined : messageOf(error);
  }
}

/** The process whose log a file is; undefined for other files, such as older logs. */
export function sourceOf(file: string): string | undefined {
  const name = logFile.exec(file)?.groups?.["name"];
  return name !== undefined && isProcessName(name) ? name : undefined;
}

/** How far a file was read; a full log is renamed, and another file takes its name. */
interface Place {
  readonly inode: number;
  readonly position: number;
}

interface Piece {
  readonly text: string;
  /** Where the next piece begins. */
  readonly place: Place;
  /** When the file was written last, epoch milliseconds. */
  readonly changedAt: number;
}

/** Whole lines of a file from a place on; without one, or when the file is another one by now, its last lines. */
function readFrom(file: string, before: Place | undefined): Piece {
  const { fd, stats } = openOwn(file, "read");
  try {
    const { size, ino: inode, mtimeMs: changedAt } = stats;
    const earliest = Math.max(0, size - tailBytes);
    const position = before !== undefined && before.inode === inode && before.position <= size ? before.position : 0;
    const from = Math.max(position, earliest);
    if (from === size) return { text: "", place: { inode, position: size }, changedAt };
    const buffer = Buffer.alloc(size - from);
    const bytes = buffer.subarray(0, readSync(fd, buffer, 0, size - from, from));
    const end = bytes.lastIndexOf(0x0a) + 1;
    // Begun in the middle of a file, the first line is a part of one.
    const begin = from > 0 && from === earliest && position !== from ? bytes.indexOf(0x0a) + 1 : 0;
    return { text: bytes.subarray(begin, end).toString("utf8"), place: { inode, position: from + end }, changedAt };
  } finally {
    closeSync(fd);
  }
}

/**
 * Reads lines of a log. One that is not ours (a crash, a native library) is shown as it is, at the time of the one before.
 * @param source whose file it is
 * @param changedAt the time of lines that have none before them, epoch milliseconds
 */
export function parseLog(text: string, source: string, changedAt: number): LogEntry[] {
  let at = changedAt;
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line): LogEntry => {
      const parsed = parseLine(line);
      if (parsed === undefined) return { at, level: "info", source, text: line, printed: true };
      at = Date.parse(parsed.time) || changedAt;
      return { at, level: parsed.level, source: parsed.source, text: parsed.message };
    });
}

function parseLine(line: string): LogLine | undefined {
  try {
    return logLineSchema.safeParse(JSON.parse(line)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
