import type { OscAddress, OscArgument, OscNamed, OscReading, OscTable } from "@vj/contract";
import type { OscMessage } from "./message.ts";
import type { OscValue } from "./read-arguments.ts";

/**
 * Reads a received message by the table of its sender: `readOsc(audioOsc, message)` gives `{ address: "/audio/beat",
 * args: { beat: 1, flux: 0.4 } }`.
 * @returns undefined when the table does not have the address, or an argument is missing, of another type, out of range,
 * or none of its choices. Arguments beyond the table are ignored, because a newer sender may have more.
 */
export function readOsc<T extends OscTable>(table: T, message: OscMessage): OscReading<T> | undefined {
  const { address } = message;
  const definition: OscAddress | undefined = Object.hasOwn(table, address) ? table[address] : undefined;
  const args = definition === undefined ? undefined : readNamed(definition, message);
  // Each argument was checked against the table from which the type is derived.
  return args === undefined ? undefined : ({ address, args } as object as OscReading<T>);
}

/** The arguments of one address by name, as {@link readOsc} returns them; undefined when the message has another address. */
export function readArgs<T extends OscTable, A extends keyof T & string>(table: T, address: A, message: OscMessage): OscNamed<T[A]["args"]> | undefined {
  const definition: OscAddress | undefined = message.address === address ? table[address] : undefined;
  // As above.
  return definition === undefined ? undefined : (readNamed(definition, message) as object | undefined as OscNamed<T[A]["args"]> | undefined);
}

function readNamed(definition: OscAddress, { args }: OscMessage): Record<string, OscValue> | undefined {
  const named: Record<string, OscValue> = {};
  for (const [index, argument] of definition.args.entries()) {
    const value = args[index];
    if (value === undefined && argument.optional === true) continue;
    if (value === undefined || !fits(argument, value)) return undefined;
    named[argument.name] = value;
  }
  return named;
}

/** Float arguments may have been rounded to 32 bits. */
const rounding = 1e-6;

function fits({ tag, min = -Infinity, max = Infinity, choices }: OscArgument, value: OscValue): boolean {
  if (tag === "s") return typeof value === "string" && (choices === undefined || choices.includes(value));
  if (typeof value !== "number" || (tag === "i" && !Number.isInteger(value))) return false;
  return value >= min - rounding && value <= max + rounding;
}
