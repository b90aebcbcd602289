import { messageOf } from "./message-of.ts";

/**
 * Listeners of one object, by event. `on` returns a function that removes the listener. An exception in a listener
 * becomes a process warning.
 */
export interface Listeners<Events extends Record<string, unknown[]>> {
  on<E extends keyof Events>(event: E, listener: (...args: Events[E]) => void): () => void;
  emit<E extends keyof Events>(event: E, ...args: Events[E]): void;
}

/** An empty set of listeners. */
export function createListeners<Events extends Record<string, unknown[]>>(): Listeners<Events> {
  /** Each list is replaced, not changed: an event goes to those who listened when it began, without a copy of them for each. */
  const byEvent: { [E in keyof Events]?: readonly ((...args: Events[E]) => void)[] } = {};
  return {
    on(event, listener) {
      byEvent[event] = [...new Set([...(byEvent[event] ?? []), listener])];
      return () => void (byEvent[event] = byEvent[event]?.filter((one) => one !== listener));
    },
    emit(event, ...args) {
      const listeners = byEvent[event];
      if (listeners === undefined) return;
      for (const listener of listeners) {
        try {
          listener(...args);
        } catch (error) {
          process.emitWarning(`a listener of "${String(event)}" failed: ${messageOf(error)}`);
        }
      }
    },
  };
}
