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
  const byEvent: { [E in keyof Events]?: Set<(...args: Events[E]) => void> } = {};
  return {
    on(event, listener) {
      const set = (byEvent[event] ??= new Set());
      set.add(listener);
      return () => void set.delete(listener);
    },
    emit(event, ...args) {
      const listeners = byEvent[event];
      if (listeners === undefined) return;
      for (const listener of [...listeners]) {
        try {
          listener(...args);
        } catch (error) {
          process.emitWarning(`a listener of "${String(event)}" failed: ${messageOf(error)}`);
        }
      }
    },
  };
}
