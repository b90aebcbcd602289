import type { Outlet } from "./outlet.ts";

/** Datagrams that wait at most; the turn that makes more sends them in parts. */
const most = 256;

interface Item {
  readonly outlet: Outlet;
  readonly bytes: Uint8Array;
  readonly isStream: boolean;
}

/**
 * What one turn of the event loop sends, to all receivers, in order: it goes out at once when the turn has made all of it. Making a
 * message and handing it to the system in turns costs a third more, since each finds the caches of the processor full of the other.
 */
export class Outbox {
  #items: Item[] = [];
  #awaits = false;

  /** Adds a datagram. @param isStream whether the next value of its stream replaces it */
  add(outlet: Outlet, bytes: Uint8Array, isStream: boolean): void {
    this.#items.push({ outlet, bytes, isStream });
    if (this.#items.length >= most) this.flush();
    if (this.#awaits) return;
    this.#awaits = true;
    // Once more, so that the bundles of this turn, which end at its end as well, are in it.
    queueMicrotask(() => queueMicrotask(() => {
      this.#awaits = false;
      this.flush();
    }));
  }

  /** Sends what waits, now: before receivers change, and before something else goes to one of them. */
  flush(): void {
    if (this.#items.length === 0) return;
    const items = this.#items;
    this.#items = [];
    for (const { outlet, bytes, isStream } of items) {
      if (isStream) outlet.sendStream(bytes);
      else outlet.send(bytes);
    }
  }
}
