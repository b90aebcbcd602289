/** The last items, oldest first: so many, and of so many bytes together. */
export class Ring<T> {
  readonly #capacity: number;
  readonly #mostBytes: number;
  readonly #items: (T | undefined)[] = [];
  readonly #sizes: number[] = [];
  #oldest = 0;
  #count = 0;
  #bytes = 0;

  constructor(capacity: number, mostBytes = Infinity) {
    this.#capacity = capacity;
    this.#mostBytes = mostBytes;
  }

  get size(): number {
    return this.#count;
  }

  /** Adds an item and drops as many of the oldest as that takes. @param bytes what it keeps in memory */
  push(item: T, bytes = 0): void {
    while (this.#count > 0 && (this.#count === this.#capacity || this.#bytes + bytes > this.#mostBytes)) this.#drop();
    const at = (this.#oldest + this.#count) % this.#capacity;
    this.#items[at] = item;
    this.#sizes[at] = bytes;
    this.#count += 1;
    this.#bytes += bytes;
  }

  toArray(): T[] {
    const items: T[] = [];
    for (let index = 0; index < this.#count; index += 1) {
      const item = this.#items[(this.#oldest + index) % this.#capacity];
      if (item !== undefined) items.push(item);
    }
    return items;
  }

  clear(): void {
    while (this.#count > 0) this.#drop();
  }

  #drop(): void {
    this.#bytes -= this.#sizes[this.#oldest] ?? 0;
    this.#items[this.#oldest] = undefined;
    this.#oldest = (this.#oldest + 1) % this.#capacity;
    this.#count -= 1;
  }
}
