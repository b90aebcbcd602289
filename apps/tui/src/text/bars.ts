const steps = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** Parts of a cell, one to seven eighths from the left. */
const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** A horizontal bar of `width` cells, which grows in eighths of a cell. @param value 0 to 1; other values count as the nearest end. */
export function bar(value: number, width: number): string {
  const filled = Math.round(toUnit(value) * width * 8);
  const part = eighths[filled % 8] ?? "";
  const full = "█".repeat(Math.floor(filled / 8)) + part;
  return full + "·".repeat(Math.max(0, width - full.length));
}

/** A line of `width` cells with its part up to `value` drawn heavy. */
export function progress(value: number, width: number): string {
  const full = Math.round(toUnit(value) * width);
  return "━".repeat(full) + "─".repeat(Math.max(0, width - full));
}

/** One column per value, eight heights. @param values 0 to 1 each */
export function columns(values: readonly number[]): string {
  return values.map((value) => steps[Math.min(7, Math.floor(toUnit(value) * 8))] ?? "▁").join("");
}

/** Spreads `values` over `width` columns: each column shows the highest of the values that it covers. */
export function resample(values: readonly number[], width: number): number[] {
  return Array.from({ length: Math.max(0, width) }, (_, column) => {
    const from = Math.floor((column * values.length) / width);
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / width));
    return Math.max(0, ...values.slice(from, to));
  });
}

function toUnit(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
