import type { DroppedPackets } from "@vj/telemetry";

/** A sender that goes on is named again this often, milliseconds. */
const againMs = 10_000;

/** Says what a receiver dropped: each sender and reason at once, then with its count every ten seconds. */
export class DropReport {
  readonly #said = new Map<string, { count: number; at: number }>();

  /**
   * What is to be said now.
   * @param dropped counts so far, from the receiver's statistics.
   * @param now milliseconds of any clock; Infinity says everything that was held back.
   */
  lines(dropped: readonly DroppedPackets[], now: number): string[] {
    return dropped.flatMap(({ sender, reason, count }) => {
      const key = `${sender} ${reason}`;
      const said = this.#said.get(key);
      if (said !== undefined && (said.count === count || now - said.at < againMs)) return [];
      this.#said.set(key, { count, at: now });
      const inAll = said === undefined ? "" : ` (${count} in all)`;
      const more = count - (said?.count ?? 0);
      return [`dropped ${more} ${more === 1 ? "packet" : "packets"} from ${sender}${inAll}: ${reason}`];
    });
  }
}
