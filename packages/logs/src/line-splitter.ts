/** A whole line of a log, or a note of the reader about skipped lines. */
export interface LogText {
  readonly text: string;
  readonly isNote: boolean;
}

/** A longer line is skipped, bytes. */
export const longestLine = 262_144;

const newline = 0x0a;
const nothing = Buffer.alloc(0);

/** Splits bytes into lines. Holds back an incomplete line, at most {@link longestLine} bytes of it. Blank lines are skipped. */
export class LineSplitter {
  #half: Buffer = nothing;
  /** Bytes so far of a line that is too long. */
  #left = 0;
  #drops = false;

  /** Drops the first line from here on, because it began earlier. */
  dropFirst(): void {
    this.clear();
    this.#drops = true;
  }

  /** Forgets the incomplete line. */
  clear(): void {
    this.#half = nothing;
    this.#left = 0;
    this.#drops = false;
  }

  /** Appends the lines that these bytes complete to `texts`. */
  push(bytes: Buffer, texts: LogText[]): void {
    let begin = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, begin)) {
      this.#add(bytes.subarray(begin, end));
      this.end(texts);
      begin = end + 1;
    }
    this.#add(bytes.subarray(begin));
  }

  /** Appends the incomplete line to `texts`: it has ended, or will never be completed. */
  end(texts: LogText[]): void {
    const [half, left, drops] = [this.#half, this.#left, this.#drops];
    this.clear();
    if (drops) return;
    if (left > 0) texts.push({ text: `a line of ${left} bytes was left out: ${longestLine} are shown at most`, isNote: true });
    const text = half.toString("utf8");
    if (text.trim() !== "") texts.push({ text, isNote: false });
  }

  #add(bytes: Buffer): void {
    if (this.#drops || bytes.length === 0) return;
    const total = this.#left + this.#half.length + bytes.length;
    if (total > longestLine) {
      this.#left = total;
      this.#half = nothing;
    } else {
      // A copy: the caller's buffer is much longer than the incomplete line.
      this.#half = Buffer.concat([this.#half, bytes]);
    }
  }
}
