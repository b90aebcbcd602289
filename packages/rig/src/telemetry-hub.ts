import { matchesAddress } from "@vj/schema";
import type { OscMessage } from "@vj/telemetry";

/** Receives telemetry. `receivedAt` in epoch milliseconds. */
export interface TelemetryListener {
  readonly onMessage: (message: OscMessage, receivedAt: number) => void;
  /** Called for each packet of a worker that is not valid OSC, with `host:port` of its sender and the reason. */
  readonly onMalformed?: ((sender: string, reason: string) => void) | undefined;
  /** Messages per second of each stream that are enough; default all. More may come, when another listener needs more. */
  readonly rate?: number | undefined;
}

/** Receives every datagram of a worker unchanged. `at` in epoch milliseconds with fractions, on a clock that is never set back. */
export type OnPacket = (bytes: Uint8Array, at: number, worker: string) => void;

/** Listeners and their addresses: each worker gets one subscription for all of them together. */
export interface TelemetryHub extends TelemetryListener {
  readonly onPacket: OnPacket;
  /** Whether there are listeners. */
  readonly wanted: boolean;
  /** Whether packets have to be decoded: a tap alone takes them as they are. */
  readonly reads: boolean;
  /** Exact addresses, or prefixes that end in `*`; undefined: everything. */
  readonly addresses: readonly string[] | undefined;
  /** Messages per second of each stream at most; undefined: as they are sent. */
  readonly rate: number | undefined;
  /** @returns a function that removes the listener */
  add(addresses: readonly string[] | undefined, listener: TelemetryListener): () => void;
  /** Adds a receiver of all packets. @returns a function that removes it */
  tap(onPacket: OnPacket): () => void;
}

/** @param onChange called shortly after listeners were added or removed, once for all changes. */
export function createTelemetryHub(onChange: () => void): TelemetryHub {
  const listeners = new Map<TelemetryListener, readonly string[] | undefined>();
  const rates = (): number[] => Array.from(listeners.keys(), ({ rate = Infinity }) => rate);
  const taps = new Set<OnPacket>();
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
      return listeners.size + taps.size > 0;
    },
    get reads() {
      return listeners.size > 0;
    },
    get addresses() {
      if (taps.size > 0) return undefined;
      const all: string[] = [];
      for (const addresses of listeners.values()) {
        if (addresses === undefined) return undefined;
        all.push(...addresses);
      }
      return [...new Set(all)];
    },
    get rate() {
      const most = taps.size > 0 ? Infinity : Math.max(0, ...rates());
      return most === Infinity || most === 0 ? undefined : most;
    },
    onMessage: (message, receivedAt) => {
      for (const [{ onMessage }, addresses] of listeners) {
        if (matchesAddress(message.address, addresses)) onMessage(message, receivedAt);
      }
    },
    onMalformed: (sender, reason) => {
      for (const { onMalformed } of listeners.keys()) onMalformed?.(sender, reason);
    },
    onPacket: (bytes, at, worker) => {
      for (const onPacket of taps) onPacket(bytes, at, worker);
    },
    tap(given) {
      // A new function: the same one may be added twice.
      const onPacket: OnPacket = (bytes, at, worker) => given(bytes, at, worker);
      taps.add(onPacket);
      changed();
      return () => {
        if (taps.delete(onPacket)) changed();
      };
    },
    add(addresses, { onMessage, onMalformed, rate }) {
      // A new object: the same listener may be added twice.
      const listener = { onMessage, onMalformed, rate };
      listeners.set(listener, addresses);
      changed();
      return () => {
        if (listeners.delete(listener)) changed();
      };
    },
  };
}
