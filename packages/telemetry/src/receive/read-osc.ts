import type { OscAddress, OscArgument, OscReading, OscTable } from "@vj/schema";
import type { OscMessage, OscValue } from "./message.ts";

/**
 * Reads a received message by the table of its sender: `readOsc(audioOsc, message)` gives
 * `{ address: "/audio/beat", args: { beat: 1, flux: 0.4 } }`.
 * @returns undefined when the table does not have the address, or the arguments do not fit it: one is missing, of another
 * type, out of its range. Further arguments than the table has are left out, as a newer sender may send them.
 */
export function readOsc<T extends OscTable>(table: T, { address, args }: OscMessage): OscReading<T> | undefined {
  const definition: OscAddress | undefined = Object.hasOwn(table, address) ? table[address] : undefined;
  if (definition === undefined) return undefined;
  const named: Record<string, OscValue> = {};
  for (const [index, argument] of definition.args.entries()) {
    const value = args[index];
    if (value === undefined && argument.optional === true) continue;
    if (value === undefined || !fits(argument, value)) return undefined;
    named[argument.name] = value;
  }
  // Each argument was checked against the table that makes the type.
  return { address, args: named } as object as OscReading<T>;
}

/** Float arguments may have been rounded on their way through 32 bits. */
const rounding = 1e-6;

function fits({ tag, min = -Infinity, max = Infinity }: OscArgument, value: OscValue): boolean {
  if (tag === "s") return typeof value === "string";
  if (typeof value !== "number" || (tag === "i" && !Number.isInteger(value))) return false;
  return value >= min - rounding && value <= max + rounding;
}
