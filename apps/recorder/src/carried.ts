import { contractOsc } from "@vj/schema";
import type { OscTable } from "@vj/schema";

/** Addresses that are known to be kept or not; beyond them each is looked up again. */
const mostKnown = 10_000;

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
  readonly #keeps = new Map<string, boolean>();
  #table: OscTable = contractOsc;

  /** Adds the addresses of a worker. */
  describe(table: OscTable): void {
    this.#table = { ...this.#table, ...table };
    this.#keeps.clear();
  }

  /** Whether messages of an address are kept; most are not. */
  keeps(address: string): boolean {
    const known = this.#keeps.get(address);
    if (known !== undefined) return known;
    const entry = this.#entryOf(address);
    const keeps = entry?.list !== undefined || entry?.kind === "state";
    if (this.#keeps.size < mostKnown) this.#keeps.set(address, keeps);
    return keeps;
  }

  /** @param bytes kept as they are @param at epoch nanoseconds */
  take(address: string, bytes: Uint8Array, at: bigint): void {
    const entry = this.#entryOf(address);
    if (entry?.list !== undefined) {
      const items = entry.list.role === "reset" ? [] : (this.#lists.get(entry.list.name) ?? []);
      if (items.length < mostItems) items.push({ address, bytes, at });
      this.#lists.set(entry.list.name, items);
    } else if (entry?.kind === "state") this.#states.set(address, { address, bytes, at });
  }

  #entryOf(address: string): OscTable[string] | undefined {
    return Object.hasOwn(this.#table, address) ? this.#table[address] : undefined;
  }

  messages(): CarriedMessage[] {
    return [...[...this.#lists.values()].flat(), ...this.#states.values()];
  }
}
