const [open, close, quote, backslash, space] = [..."{}\"\\ "].map((letter) => letter.charCodeAt(0));

/** Longest object that is taken, bytes. The longest that VirtualDJ sends is a tenth of it. */
export const longestObject = 4096;

/**
 * Takes JSON objects out of a stream of bytes, however it is cut. Memory is bounded; what is not an object, and an object that is too
 * long, is dropped and counted. It looks at braces and texts only: whether it is JSON is seen later.
 */
export class ObjectSplitter {
  readonly #held = Buffer.alloc(longestObject);
  #length = 0;
  #depth = 0;
  #isText = false;
  #isEscaped = false;
  /** Within bytes that belong to no object, so that they count once. */
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
      if (this.#depth === 0 && byte !== open) this.#skip(byte);
      else if (this.#take(byte)) objects.push(this.#finish());
    }
    return objects;
  }

  #skip(byte: number): void {
    if (byte <= (space ?? 0)) return;
    if (!this.#isJunk) this.#refused += 1;
    this.#isJunk = true;
  }

  /** @returns whether the object is complete */
  #take(byte: number): boolean {
    // JSON has no control characters within texts: an unfinished text ends here, so that it does not swallow what follows.
    if (this.#length === longestObject || (this.#isText && byte < (space ?? 0))) {
      this.#refused += 1;
      this.#reset();
      this.#isJunk = true;
      if (byte !== open) return false;
    }
    this.#isJunk = false;
    this.#held[this.#length] = byte;
    this.#length += 1;
    if (this.#isText) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === backslash) this.#isEscaped = true;
      else if (byte === quote) this.#isText = false;
    } else if (byte === quote) this.#isText = true;
    else if (byte === open) this.#depth += 1;
    else if (byte === close) this.#depth -= 1;
    return this.#depth === 0;
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
