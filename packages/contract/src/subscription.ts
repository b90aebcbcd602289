/** The arguments of `subscribe`: the UDP port that gets the telemetry, and which addresses. */
export interface SubscribeArgs {
  readonly host: string;
  readonly port: number;
  /** Exact addresses, or prefixes that end in `*`. Without it: all addresses. */
  readonly addresses?: readonly string[] | undefined;
  /** Whether all messages of one moment may come in one datagram, as an OSC bundle: a tenth of the datagrams, at both ends. */
  readonly bundled?: boolean | undefined;
  /** Messages per second of each stream at most; edges, events, states and lists come as they are sent. Without it: as they are sent. */
  readonly rate?: number | undefined;
}

/** Whether `address` is one of `patterns` (exact, or a prefix that ends in `*`). */
export function matchesAddress(address: string, patterns: readonly string[] | undefined): boolean {
  if (patterns === undefined) return true;
  return patterns.some((pattern) =>
    pattern.endsWith("*") ? address.startsWith(pattern.slice(0, -1)) : address === pattern,
  );
}
