import type { OscArgument } from "./osc-table.ts";

/** The address of one argument in the flat shape: its own place, else its name below the address of the message. */
export function flatAddress(address: string, { name, flat }: OscArgument): string {
  return flat ?? `${address}/${name}`;
}

/** The addresses of the choices of an argument in the flat shape, by choice; empty when it can be any text. */
export function choiceAddresses(address: string, { choices = [] }: OscArgument): readonly (readonly [choice: string, address: string])[] {
  return choices.map((choice) => [choice, `${address}/${choice}`] as const);
}

/**
 * A number as the flat shape sends it, 0 to 1: linear over `range`, else over `min` and `max`. Without an upper bound it
 * approaches 1 (`v / (1 + v)`); without any bound 0 becomes 0.5. NaN becomes 0.
 */
export function toUnit({ min, max, range }: OscArgument, value: number): number {
  if (Number.isNaN(value)) return 0;
  const low = range?.[0] ?? min;
  const high = range?.[1] ?? max;
  if (low !== undefined && high !== undefined) {
    if (value <= low) return 0;
    return value >= high ? 1 : (value - low) / (high - low);
  }
  if (low !== undefined) return value <= low ? 0 : approach(value - low);
  if (high !== undefined) return value >= high ? 1 : 1 - approach(high - value);
  return value >= 0 ? 0.5 + approach(value) / 2 : 0.5 - approach(-value) / 2;
}

/** 0 for 0, towards 1 for ever larger distances. */
function approach(distance: number): number {
  return distance === Infinity ? 1 : distance / (1 + distance);
}
