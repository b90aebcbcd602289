/** Codes of the characters that matter. */
const code = { open: 0x7b, close: 0x7d, quote: 0x22, backslash: 0x5c, space: 0x20 } as const;

/** The beginning of every message. Within an object it can only mean that the object was cut off: JSON has no such text. */
const beginning = Buffer.from('{"evt"');

/** Longest object that is taken, bytes. Messages have about a hundred, and names up to 200 characters. */
export const longestObject = 1024;

/**
 * Takes JSON objects out of a stream of bytes, however it is cut. Memory is bounded; what is not an object, and an object that is too long,
 * is dropped and counted. It looks at braces and texts only: the caller finds out whether an object is JSON.
 */
export class ObjectSplitter {
  readonly #held = Buffer.alloc(longestObject);
  #length = 0;
  #depth = 0;
  #isText = false;
  #isEscaped = false;
  /** Inside bytes outside any object, which are counted once. */
  #isJunk = false;
  #refused = 0;

  /** Objects and stretches of junk that were dropped. */
  get refused(): number {
    return this.#refused;
  }

  /** The objects that are complete with these bytes, as text, in order. */
  push(bytes: Uint8Array): string[] {
    const objects: string[] = [];
    for (const byte of bytes) {
      if (this.#depth === 0 && byte !== code.open) this.#skip(byte);
      else if (this.#take(byte)) objects.push(this.#finish());
    }
    return objects;
  }

  #skip(byte: number): void {
    if (byte <= code.space) return;
    if (!this.#isJunk) this.#refused += 1;
    this.#isJunk = true;
  }

  /** @returns whether the object is complete */
  #take(byte: number): boolean {
    // JSON has no control characters within texts: an unfinished text ends here, so that it does not swallow what follows.
    if (this.#length === longestObject || (this.#isText && byte < code.space)) {
      this.#refused += 1;
      this.#reset();
      this.#isJunk = true;
      if (byte !== code.open) return false;
    }
    this.#isJunk = false;
    this.#held[this.#length] = byte;
    this.#length += 1;
    if (byte === code.quote && this.#length > beginning.length && this.#endsWithBeginning()) return this.#beginAgain();
    if (this.#isText) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === code.backslash) this.#isEscaped = true;
      else if (byte === code.quote) this.#isText = false;
    } else if (byte === code.quote) this.#isText = true;
    else if (byte === code.open) this.#depth += 1;
    else if (byte === code.close) this.#depth -= 1;
    return this.#depth === 0;
  }

  #endsWithBeginning(): boolean {
    return this.#held.subarray(this.#length - beginning.length, this.#length).equals(beginning);
  }

  #beginAgain(): false {
    this.#refused += 1;
    this.#reset();
    beginning.copy(this.#held);
    this.#length = beginning.length;
    this.#depth = 1;
    return false;
  }

  #finish(): string {
    const text = this.#held.toString("utf8", 0, this.#length);
    this.#reset();
    return text;
  }

  #reset(): void {
    this.#length = 0;
    this.#depth = 0;
    this.#isText = false;
    this.#isEscaped = false;
  }
}
