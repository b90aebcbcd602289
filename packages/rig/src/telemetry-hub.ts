import { matchesAddress } from "@vj/schema";
import type { OscMessage } from "@vj/telemetry";

/** Receives telemetry. `receivedAt` in epoch milliseconds. */
export interface TelemetryListener {
  readonly onMessage: (message: OscMessage, receivedAt: number) => void;
  /** Called for each packet of a worker that is not valid OSC, with `host:port` of its sender and the reason. */
  readonly onMalformed?: ((sender: string, reason: string) => void) | undefined;
}

/** Listeners and their addresses: each worker gets one subscription for all of them together. */
export interface TelemetryHub extends TelemetryListener {
  /** Whether there are listeners. */
  readonly wanted: boolean;
  /** Exact addresses, or prefixes that end in `*`; undefined: everything. */
  readonly addresses: readonly string[] | undefined;
  /** @returns a function that removes the listener */
  add(addresses: readonly string[] | undefined, listener: TelemetryListener): () => void;
}

/** @param onChange called shortly after listeners were added or removed, once for all changes. */
export function createTelemetryHub(onChange: () => void): TelemetryHub {
  const listeners = new Map<TelemetryListener, readonly string[] | undefined>();
  let scheduled = false;
  const changed = (): void => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      onChange();
    });
  };
  return {
    get wanted() {
      return listeners.size > 0;
    },
    get addresses() {
      const all: string[] = [];
      for (const addresses of listeners.values()) {
        if (addresses === undefined) return undefined;
        all.push(...addresses);
      }
      return [...new Set(all)];
    },
    onMessage: (message, receivedAt) => {
      for (const [{ onMessage }, addresses] of listeners) {
        if (matchesAddress(message.address, addresses)) onMessage(message, receivedAt);
      }
    },
    onMalformed: (sender, reason) => {
      for (const { onMalformed } of listeners.keys()) onMalformed?.(sender, reason);
    },
    add(addresses, { onMessage, onMalformed }) {
      // A new object: the same listener may be added twice.
      const listener = { onMessage, onMalformed };
      listeners.set(listener, addresses);
      changed();
      return () => {
        if (listeners.delete(listener)) changed();
      };
    },
  };
}
