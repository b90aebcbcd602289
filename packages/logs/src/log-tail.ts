import { messageOf } from "@vj/schema";
import { LineSplitter } from "./line-splitter.ts";
import type { LogText } from "./line-splitter.ts";
import type { LogPart, PartBytes } from "./log-part.ts";
import { listParts, logFacts, placeOf, successorsOf } from "./log-parts.ts";
import type { LogStart, PartFacts, Place, Successors } from "./log-parts.ts";
import { openPlace } from "./open-place.ts";

/** Result of one look. */
export interface Look {
  readonly texts: readonly LogText[];
  /** Time of the last write to the file, epoch milliseconds. */
  readonly changedAt: number;
  /** More lines are available already: look again soon. */
  readonly more: boolean;
  /** Why reading cannot continue, for a person. */
  readonly fault: string | undefined;
}

/** Default limit of bytes for one look. */
export const lookBytes = 262_144;

/**
 * Reads a growing log line by line: through any number of rotations between two looks as long as the files are kept, and
 * through truncation and removal. A note stands in place of skipped lines. An incomplete line is held back.
 */
export class LogTail {
  readonly #busDir: string;
  readonly #name: string;
  readonly #splitter = new LineSplitter();
  #start: LogStart;
  #part: LogPart | undefined;

  /** @param name of the log in the log folder, `<worker>.log` or `<worker>.out.log` */
  constructor(busDir: string, name: string, start: LogStart) {
    this.#busDir = busDir;
    this.#name = name;
    this.#start = start;
  }

  /**
   * The lines since the last look. Never throws. @param most largest number of bytes to read now; the next looks read the
   * rest.
   */
  look(most: number = lookBytes): Look {
    const texts: LogText[] = [];
    try {
      const more = this.#readOn(texts, most);
      return { texts, changedAt: this.#part?.changedAt ?? Date.now(), more, fault: undefined };
    } catch (error) {
      return { texts, changedAt: Date.now(), more: false, fault: messageOf(error) };
    }
  }

  /** The incomplete line at the end, for callers that do not wait for its rest. */
  rest(): readonly LogText[] {
    const texts: LogText[] = [];
    this.#splitter.end(texts);
    return texts;
  }

  close(): void {
    this.#part?.close();
    this.#part = undefined;
  }

  /** @returns whether more is available. */
  #readOn(texts: LogText[], most: number): boolean {
    let left = most;
    if (this.#part !== undefined && this.#part.isReadWhole(logFacts(this.#busDir, this.#name))) return false;
    for (let part = (this.#part ??= this.#begin()); part !== undefined; part = this.#part) {
      // Determined before reading: a file with a successor does not grow any more, so its end is final.
      const successors = this.#successorsOf(part);
      const read = part.read(left);
      this.#take(read, texts);
      left -= read.bytes.length;
      if (!read.atEnd) return true;
      if (successors.parts.length === 0) return false;
      if (left <= 0) return true;
      const next = openPlace(this.#busDir, () => toPlace(this.#successorsOf(part).parts[0]));
      if (next === undefined) return false;
      this.#splitter.end(texts);
      if (successors.mayMiss) texts.push(note(`${this.#name} was rotated too often since the last look: lines may be missing here`));
      part.close();
      this.#part = next;
    }
    return false;
  }

  #take({ bytes, wasCut, passedOver }: PartBytes, texts: LogText[]): void {
    if (wasCut) {
      texts.push(note(`${this.#name} was emptied: unread lines are lost`));
      this.#splitter.clear();
    }
    if (passedOver > 0) {
      texts.push(note(`skipped ${passedOver} bytes of ${this.#name}: too many at once`));
      this.#splitter.dropFirst();
    }
    this.#splitter.push(bytes, texts);
  }

  #begin(): LogPart | undefined {
    const part = openPlace(this.#busDir, () => placeOf(listParts(this.#busDir, this.#name), this.#start));
    if (part === undefined) this.#start = { bytes: Infinity };
    if (part?.isInside === true) this.#splitter.dropFirst();
    return part;
  }

  #successorsOf(part: LogPart): Successors {
    return successorsOf(listParts(this.#busDir, this.#name), this.#name, part);
  }
}

function toPlace(part: PartFacts | undefined): Place | undefined {
  return part === undefined ? undefined : { ...part, position: 0, isInside: false };
}

function note(text: string): LogText {
  return { text, isNote: true };
}
