import type { DroppedPackets } from "@vj/telemetry";

/** Interval of further reports on the same sender, milliseconds. */
const againMs = 10_000;

/** Reports dropped packets: each sender and reason at once, then with its count every ten seconds. */
export class DropReport {
  readonly #said = new Map<string, { count: number; at: number }>();

  /**
   * The lines to print now.
   * @param dropped counts so far, from the receiver's statistics.
   * @param now milliseconds of any clock; Infinity flushes all suppressed reports.
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
