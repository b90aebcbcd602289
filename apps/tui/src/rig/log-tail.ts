import { open, readdir } from "node:fs/promises";
import path from "node:path";
import { messageOf, systemErrorCode } from "@vj/control";
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
  const dir = path.join(busDir, "logs");
  const read = new Map<string, Place>();
  let closed = false;
  let reading = false;
  let problem: string | undefined;

  const look = async (): Promise<void> => {
    const entries: LogEntry[] = [];
    for (const file of await readdir(dir)) {
      const source = sourceOf(file);
      if (source === undefined) continue;
      const { text, place, changedAt } = await readFrom(path.join(dir, file), read.get(file));
      read.set(file, place);
      entries.push(...parseLog(text, source, changedAt));
    }
    if (entries.length > 0 && !closed) onEntries(entries.sort((one, other) => one.at - other.at));
    problem = undefined;
  };

  const poll = (): void => {
    if (reading) return;
    reading = true;
    look()
      .catch((error: unknown) => {
        // No directory yet: nobody has written a log.
        if (systemErrorCode(error) === "ENOENT" || messageOf(error) === problem) return;
        problem = messageOf(error);
        onProblem(`cannot read the logs in ${dir}: ${problem}`);
      })
      .finally(() => (reading = false));
  };

  poll();
  const timer = setInterval(poll, pollMs);
  return () => {
    closed = true;
    clearInterval(timer);
  };
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
async function readFrom(file: string, before: Place | undefined): Promise<Piece> {
  const handle = await open(file, "r");
  try {
    const { size, ino: inode, mtimeMs: changedAt } = await handle.stat();
    const earliest = Math.max(0, size - tailBytes);
    const position = before !== undefined && before.inode === inode && before.position <= size ? before.position : 0;
    const from = Math.max(position, earliest);
    if (from === size) return { text: "", place: { inode, position: size }, changedAt };
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    const bytes = buffer.subarray(0, bytesRead);
    const end = bytes.lastIndexOf(0x0a) + 1;
    // Begun in the middle of a file, the first line is a part of one.
    const begin = from > 0 && from === earliest && position !== from ? bytes.indexOf(0x0a) + 1 : 0;
    return { text: bytes.subarray(begin, end).toString("utf8"), place: { inode, position: from + end }, changedAt };
  } finally {
    await handle.close();
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
