import type { TempoSource } from "./settings.ts";

/** What is known for the choice. */
export interface Offers {
  /** Sources that give a tempo now. */
  readonly there: ReadonlySet<TempoSource>;
  /** The source that the analyzer reports for its tempo; undefined without a tempo. */
  readonly by: TempoSource | undefined;
}

/**
 * The source that counts: the first of the list that is available. The analysis always is, and a tap is while the analyzer
 * follows one.
 */
export function chooseSource(priority: readonly TempoSource[], { there, by }: Offers): TempoSource {
  return priority.find((source) => source === "analysis" || (source === "tap" ? by === "tap" : there.has(source))) ?? "analysis";
}
