/** The last `capacity` items, oldest first. */
export class Ring<T> {
  readonly #capacity: number;
  #items: T[] = [];
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#items.length;
  }

  push(item: T): void {
    this.#items[this.#next] = item;
    this.#next = (this.#next + 1) % this.#capacity;
  }

  toArray(): T[] {
    const oldest = this.#items.length < this.#capacity ? 0 : this.#next;
    return [...this.#items.slice(oldest), ...this.#items.slice(0, oldest)];
  }

  clear(): void {
    this.#items = [];
    this.#next = 0;
  }
}
