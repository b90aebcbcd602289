/** Time without a message that fits, ms, after which it is said what a filter is compared with. */
export const hintAfterMs = 3000;

/** What was received, and from where. */
export interface Unfitting {
  readonly filters: readonly string[];
  /** Listening on a port, where all that is sent arrives; false: subscribed to workers, which send only what a filter asks for. */
  readonly onPort: boolean;
  /** The last address that arrived and did not fit. */
  readonly seen: string | undefined;
}

/** Why a filter may show nothing. */
export function filterHint({ filters, onPort, seen }: Unfitting): string {
  const nothing = `nothing that ${onPort ? "arrives" : "workers send"} fits --filter ${filters.join(" ")} so far`;
  if (onPort) return `${nothing}; it is compared with the whole address, of which the last was ${seen ?? "none"}`;
  return `${nothing}; it is compared with addresses as the workers send them (all are shown without a filter), not with the names that a target gets: flat, with a prefix, renamed`;
}
