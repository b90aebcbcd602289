import type { TempoSource } from "./settings.ts";

/** What is known for the choice. */
export interface Offers {
  /** Sources that give a tempo now. */
  readonly there: ReadonlySet<TempoSource>;
  /** What the analyzer says that its tempo is from, if it gives one. */
  readonly by: TempoSource | undefined;
}

/**
 * The source that counts: the first of the list that is there. The analysis is always there, and a tap while the analyzer
 * goes by one.
 */
export function chooseSource(priority: readonly TempoSource[], { there, by }: Offers): TempoSource {
  return priority.find((source) => source === "analysis" || (source === "tap" ? by === "tap" : there.has(source))) ?? "analysis";
}
