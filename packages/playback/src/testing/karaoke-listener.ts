import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { createReceiver } from "@vj/telemetry";
import type { OscMessage, Receiver } from "@vj/telemetry";

/** A position as it came, and when, ms of `performance.now()`. */
export interface ReceivedPosition {
  readonly seconds: number;
  readonly playing: boolean;
  readonly at: number;
}

const tags: Readonly<Record<string, string>> = { "/karaoke/track": "issssfi", "/karaoke/pos": "fi" };
const patienceMs = 20_000;

/** The karaoke receiver of the original system: reads arguments by position and type, and fails on any other. */
export class KaraokeListener {
  /** The messages on which that receiver fails. */
  readonly faults: string[] = [];
  positions: ReceivedPosition[] = [];
  /** Every track, as text. */
  readonly tracks: string[] = [];
  #receiver: Receiver | undefined;

  static async open(): Promise<KaraokeListener> {
    const listener = new KaraokeListener();
    listener.#receiver = await createReceiver();
    listener.#receiver.on("message", (message) => listener.#take(message));
    listener.#receiver.on("malformed", (_sender, reason) => listener.faults.push(reason));
    return listener;
  }

  get port(): number {
    return this.#receiver?.port ?? 0;
  }

  last(address: string): OscMessage | undefined {
    return this.#receiver?.latest(address)?.message;
  }

  async close(): Promise<void> {
    await this.#receiver?.close();
  }

  #take(message: OscMessage): void {
    const { address, args } = message;
    const expected = tags[address];
    if (expected === undefined) return;
    if (message.tags !== expected) this.faults.push(`${address} ${message.tags}, not ${expected}`);
    if (address === "/karaoke/track") this.tracks.push(JSON.stringify(args));
    else if (this.tracks.length === 0) this.faults.push("a position before the first track");
    else this.positions.push({ seconds: Number(args[0]), playing: args[1] === 1, at: performance.now() });
  }
}

/** Waits for something that no event announces. @throws AssertionError that names it. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > end) assert.fail(`waited in vain for ${what}`);
    await delay(10);
  }
}
