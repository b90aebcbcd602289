import type { OscAddress } from "@vj/schema";

/** A datagram and the address in it. */
export interface Datagram {
  readonly address: string;
  readonly bytes: Uint8Array;
}

interface RetainedList {
  reset: Datagram | undefined;
  items: Datagram[];
}

/** Items kept of one list; lyrics have some hundred lines at most. */
export const listItems = 2000;

/** What a late joiner has to be told: the last message of every state, and the lists as they stand. */
export class Retained {
  readonly #states = new Map<string, Datagram>();
  readonly #lists = new Map<string, RetainedList>();

  /** Remembers a message that goes out. @returns false when its list is full, so that late joiners will miss it. */
  keep(datagram: Datagram, { kind, list }: OscAddress): boolean {
    if (kind === "state") this.#states.set(datagram.address, datagram);
    if (list === undefined) return true;
    if (list.role === "reset") {
      this.#lists.set(list.name, { reset: datagram, items: [] });
      return true;
    }
    const known = this.#lists.get(list.name) ?? { reset: undefined, items: [] };
    this.#lists.set(list.name, known);
    if (known.items.length >= listItems) return false;
    known.items.push(datagram);
    return true;
  }

  /** Forgets the state of an address: from now on somebody else speaks for it. */
  forget(address: string): void {
    this.#states.delete(address);
  }

  states(): Datagram[] {
    return [...this.#states.values()];
  }

  /** Lists first: a state such as "line 7 is active" means something only once the lines are there. */
  everything(): Datagram[] {
    const lists = [...this.#lists.values()].flatMap(({ reset, items }) => (reset === undefined ? items : [reset, ...items]));
    return [...lists, ...this.states()];
  }
}
