import type { OscAddress, OscArgument, OscTable, TargetView } from "@vj/schema";
import { outgoingArguments } from "@vj/telemetry";

/** One argument moves while all others rest, so that a VJ program in learn mode sees one address at a time. */
export interface PatternStep {
  readonly address: string;
  /** The address under which it goes out. */
  readonly as: string;
  /** @param phase 0 to 1 */
  values(phase: number): (number | string)[];
}

/**
 * A pattern over every argument that a view lets out, in the order of the table: each rises from its lowest value to its
 * highest and falls again.
 */
export function testPattern(table: OscTable, view: TargetView): PatternStep[] {
  const seen = new Set<string>();
  return outgoingArguments(table, view).flatMap(({ address, argument, as }): PatternStep[] => {
    const definition = table[address];
    const key = `${address} ${argument ?? ""}`;
    if (definition === undefined || seen.has(key)) return [];
    seen.add(key);
    return [{ address, as, values: (phase) => valuesAt(definition, argument, phase) }];
  });
}

function valuesAt({ args }: OscAddress, moving: string | undefined, phase: number): (number | string)[] {
  const height = 1 - Math.abs(2 * phase - 1);
  return args.map((argument) => (argument.name === moving ? movedTo(argument, height) : rest(argument)));
}

function movedTo(argument: OscArgument, height: number): number | string {
  const { choices } = argument;
  if (choices !== undefined) return choices[Math.min(choices.length - 1, Math.floor(height * choices.length))] ?? "";
  if (argument.tag === "s") return height < 0.5 ? "" : "test";
  const [low, high] = rangeOf(argument);
  const value = low + (high - low) * height;
  return argument.tag === "i" ? Math.round(value) : value;
}

function rest(argument: OscArgument): number | string {
  if (argument.tag === "s") return "";
  const [low, high] = rangeOf(argument);
  return low <= 0 && high >= 0 ? 0 : low;
}

function rangeOf({ min = 0, max, range }: OscArgument): [number, number] {
  return range === undefined ? [min, max ?? min + 1] : [Math.max(range[0], min), range[1]];
}
