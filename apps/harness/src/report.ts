/** Results of one kind of fault. Times in milliseconds. */
export interface FaultRecord {
  readonly name: string;
  readonly recoveries: number[];
  violations: number;
  /** Why it was not injected, if so. */
  unavailable?: string;
}

/** Nearest-rank quantile; NaN for an empty list. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** The table at the end of a chaos run. */
export function chaosTable(records: readonly FaultRecord[]): string {
  const head = ["fault", "count", "recovery p50", "p95", "max", "violations"];
  const rows = records.map(({ name, recoveries, violations, unavailable }) =>
    unavailable === undefined
      ? [name, String(recoveries.length + violations), ...[0.5, 0.95, 1].map((q) => milliseconds(quantile(recoveries, q))), String(violations)]
      : [name, "0", "-", "-", "-", `not here: ${unavailable}`],
  );
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  return [head, ...rows]
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ").trimEnd())
    .join("\n");
}

function milliseconds(value: number): string {
  return Number.isNaN(value) ? "-" : `${Math.round(value)} ms`;
}
