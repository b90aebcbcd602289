import type { DroppedPackets } from "@vj/telemetry";

/** Interval of further reports on the same sender, milliseconds. */
const againMs = 10_000;

/** Reports dropped packets: each sender and reason at once, then with its count every ten seconds. */
export class DropReport {
  readonly #reported = new Map<string, { count: number; at: number }>();

  /**
   * The lines to print now.
   * @param dropped counts so far, from the receiver's statistics.
   * @param now milliseconds of any clock; Infinity flushes all suppressed reports.
   */
  lines(dropped: readonly DroppedPackets[], now: number): string[] {
    return dropped.flatMap(({ sender, reason, count }) => {
      const key = `${sender} ${reason}`;
      const reported = this.#reported.get(key);
      if (reported !== undefined && (reported.count === count || now - reported.at < againMs)) return [];
      this.#reported.set(key, { count, at: now });
      const inAll = reported === undefined ? "" : ` (${count} in all)`;
      const more = count - (reported?.count ?? 0);
      return [`dropped ${more} ${more === 1 ? "packet" : "packets"} from ${sender}${inAll}: ${reason}`];
    });
  }
}
