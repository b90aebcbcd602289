/** The newest values by name; bounded, as strangers give the names. */
export class Recent<V> {
  readonly #values = new Map<string, V>();
  readonly #most: number;

  constructor(most = 16) {
    this.#most = most;
  }

  set(name: string, value: V): void {
    this.#values.delete(name);
    this.#values.set(name, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest);
  }

  /** As an object, oldest first. */
  toObject(): Record<string, V> {
    return Object.fromEntries(this.#values);
  }
}
