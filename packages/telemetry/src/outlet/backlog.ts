/** Datagrams of one receiver that are not sent yet, in order and bounded. */
export class Backlog {
  #waiting: Uint8Array[] = [];
  #bytes = 0;

  get length(): number {
    return this.#waiting.length;
  }

  /** Adds one. @param mostBytes bound of all together. @returns false when it does not fit: it is not added. */
  add(bytes: Uint8Array, mostBytes: number): boolean {
    if (this.#bytes + bytes.byteLength > mostBytes) return false;
    this.#waiting.push(bytes);
    this.#bytes += bytes.byteLength;
    return true;
  }

  /** Takes the first ones out. */
  take(count: number): Uint8Array[] {
    const taken = this.#waiting.splice(0, count);
    for (const { byteLength } of taken) this.#bytes -= byteLength;
    return taken;
  }

  /** Drops all. @returns how many there were */
  clear(): number {
    return this.take(this.length).length;
  }
}
