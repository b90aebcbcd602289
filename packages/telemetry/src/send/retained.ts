import type { CheckedMessage } from "../encode/checked-message.ts";

interface RetainedList {
  reset: CheckedMessage | undefined;
  items: CheckedMessage[];
}

/** Items kept of one list; lyrics have some hundred lines at most. */
const listItems = 2000;

/**
 * Messages for late joiners: the last message of every state, and the current lists. Values, not bytes: each receiver's
 * view encodes them.
 */
export class Retained {
  readonly #states = new Map<string, CheckedMessage>();
  readonly #lists = new Map<string, RetainedList>();

  /** Keeps a sent message. @returns false when its list is full, so that late joiners will miss it. */
  keep(message: CheckedMessage): boolean {
    const { address, definition } = message;
    if (definition.kind === "state") this.#states.set(address, message);
    const { list } = definition;
    if (list === undefined) return true;
    if (list.role === "reset") {
      this.#lists.set(list.name, { reset: message, items: [] });
      return true;
    }
    const known = this.#lists.get(list.name) ?? { reset: undefined, items: [] };
    this.#lists.set(list.name, known);
    if (known.items.length >= listItems) return false;
    known.items.push(message);
    return true;
  }

  /** Drops the state of an address, because another worker publishes it from now on. */
  forget(address: string): void {
    this.#states.delete(address);
  }

  states(): CheckedMessage[] {
    return [...this.#states.values()];
  }

  /** Lists first: a state such as "line 7 is active" needs the lines. */
  everything(): CheckedMessage[] {
    const lists = [...this.#lists.values()].flatMap(({ reset, items }) => (reset === undefined ? items : [reset, ...items]));
    return [...lists, ...this.states()];
  }
}
