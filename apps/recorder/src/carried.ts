import { contractOsc } from "@vj/schema";
import type { OscTable } from "@vj/schema";

/** Items of one list that are kept. */
const mostItems = 2000;

interface CarriedMessage {
  readonly address: string;
  readonly bytes: Uint8Array;
  /** When it was received, epoch nanoseconds. */
  readonly at: bigint;
}

/** The states and lists as they stand: each further file of a recording begins with them, so that it can be played alone. */
export class Carried {
  readonly #states = new Map<string, CarriedMessage>();
  readonly #lists = new Map<string, CarriedMessage[]>();
  #table: OscTable = contractOsc;

  /** Adds the addresses of a worker. */
  describe(table: OscTable): void {
    this.#table = { ...this.#table, ...table };
  }

  /** @param at epoch nanoseconds */
  take(address: string, bytes: Uint8Array, at: bigint): void {
    const entry = Object.hasOwn(this.#table, address) ? this.#table[address] : undefined;
    if (entry?.list !== undefined) {
      const items = entry.list.role === "reset" ? [] : (this.#lists.get(entry.list.name) ?? []);
      if (items.length < mostItems) items.push({ address, bytes: bytes.slice(), at });
      this.#lists.set(entry.list.name, items);
    } else if (entry?.kind === "state") this.#states.set(address, { address, bytes: bytes.slice(), at });
  }

  messages(): CarriedMessage[] {
    return [...[...this.#lists.values()].flat(), ...this.#states.values()];
  }
}
