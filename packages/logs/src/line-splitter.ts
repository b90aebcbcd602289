/** A whole line of a log, or a note of the reader about what nobody will see. */
export interface LogText {
  readonly text: string;
  readonly isNote: boolean;
}

/** A longer line is left out, bytes. */
export const longestLine = 262_144;

const newline = 0x0a;
const nothing = Buffer.alloc(0);

/** Bytes into lines. Holds back the half of a line, and never more than {@link longestLine} of it. Blank lines are left out. */
export class LineSplitter {
  #half: Buffer = nothing;
  /** Bytes so far of a line that is too long. */
  #left = 0;
  #drops = false;

  /** The first line from here on is the end of one that began earlier, so it is dropped. */
  dropFirst(): void {
    this.clear();
    this.#drops = true;
  }

  /** Forgets what is held back. */
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

  /** Appends what is held back to `texts`: the line has ended, or nobody will complete it. */
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
      // A copy: the caller's buffer is much longer than what is held back.
      this.#half = Buffer.concat([this.#half, bytes]);
    }
  }
}
