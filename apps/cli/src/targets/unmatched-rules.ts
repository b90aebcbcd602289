import { contractOsc, matchesAddress, nearestNames, plainTargetView, resolveTarget, targetShapes } from "@vj/schema";
import type { OscTable, TargetInput, TargetView } from "@vj/schema";
import { outgoingArguments } from "@vj/telemetry";

/** A rule of a target that has no effect: no known address fits it. */
export interface UnmatchedRule {
  readonly key: "only" | "not" | "rename";
  /** The pattern, or `from` of the rename. */
  readonly pattern: string;
  /** What it may mean, best first; none when nothing is similar. */
  readonly nearest: readonly string[];
  /** Addresses fit, but `only` or `not` leave all of them out before they are renamed. */
  readonly leftOut: boolean;
  /** Another shape in which an address fits. */
  readonly fitsShape?: TargetView["shape"];
}

/**
 * Rules of a target that fit none of the addresses that workers send, in the shape of the target. Rules of its preset are not looked at: a
 * preset may name more than this rig sends. Pure.
 * @param table of every worker that runs, strangers too; the contract's addresses are known without it
 */
export function unmatchedRules(target: TargetInput, table: OscTable): UnmatchedRule[] {
  const { view } = resolveTarget(target);
  const tables: OscTable = { ...contractOsc, ...table };
  const known = addressesOf(tables, view.shape);
  const sent = known.filter((address) => matchesAddress(address, view.only) && !matchesAddress(address, view.not));
  const unmatched = (key: UnmatchedRule["key"], pattern: string): UnmatchedRule => {
    const fitsShape = targetShapes.find((shape) => shape !== view.shape && addressesOf(tables, shape).some((address) => matchesAddress(address, [pattern])));
    return { key, pattern, nearest: nearestTo(pattern, known, tables, view.shape), leftOut: false, ...(fitsShape === undefined ? {} : { fitsShape }) };
  };
  const patterns = (key: "only" | "not"): UnmatchedRule[] =>
    (target[key] ?? []).filter((pattern) => !known.some((address) => matchesAddress(address, [pattern]))).map((pattern) => unmatched(key, pattern));
  const renames = (target.rename ?? []).flatMap(({ from }): UnmatchedRule[] => {
    if (sent.some((address) => matchesAddress(address, [from]))) return [];
    if (known.some((address) => matchesAddress(address, [from]))) return [{ key: "rename", pattern: from, nearest: [], leftOut: true }];
    return [unmatched("rename", from)];
  });
  return [...patterns("only"), ...patterns("not"), ...renames];
}

/** An unmatched rule as a sentence without its target. */
export function sayUnmatched({ key, pattern, nearest, leftOut, fitsShape }: UnmatchedRule): string {
  const rule = key === "rename" ? `rename from ${pattern}` : `${key} ${pattern}`;
  if (leftOut) return `${rule} has no effect: only or not leaves it out`;
  // Of an address that is packed in the table, the nearest ones are its arguments.
  if (fitsShape !== undefined && fitsShape !== "packed") return `${rule} fits no address of this target's shape, but one of the ${fitsShape} shape: set shape=${fitsShape}`;
  return `${rule} fits no address that workers send${nearest.length === 0 ? "" : `; nearest: ${nearest.join(", ")}`}`;
}

/** Addresses that other ones are renamed to, too: values of several would alternate there. In words, without the target. Pure. */
export function sharedAddresses(target: TargetInput, table: OscTable): string[] {
  const { view } = resolveTarget(target);
  if (target.rename === undefined) return [];
  const tables: OscTable = { ...contractOsc, ...table };
  const before = outgoingArguments(tables, { ...view, rename: [] });
  const sources = new Map<string, Set<string>>();
  for (const [index, { as }] of outgoingArguments(tables, view).entries()) sources.set(as, (sources.get(as) ?? new Set()).add(before[index]?.as ?? as));
  return [...sources].flatMap(([as, from]) => (from.size < 2 ? [] : [`${as} gets the values of ${[...from].slice(0, 4).join(", ")}${from.size > 4 ? ` and ${from.size - 4} more` : ""}: give each an address of its own`]));
}

/** What a person may not have meant: rules without effect, addresses that share a name, a list that lets nothing through. */
export function targetRemarks(target: TargetInput, table: OscTable): string[] {
  const nothing = target.only?.length === 0 ? ["only is an empty list: nothing is sent; to send everything again: only=null"] : [];
  return [...nothing, ...unmatchedRules(target, table).map(sayUnmatched), ...sharedAddresses(target, table)];
}

/** Every address that goes out in a shape, before it is renamed. */
function addressesOf(table: OscTable, shape: TargetView["shape"]): string[] {
  return [...new Set(outgoingArguments(table, { ...plainTargetView, shape }).map(({ as }) => as))];
}

function nearestTo(pattern: string, known: readonly string[], table: OscTable, shape: TargetView["shape"]): string[] {
  // An address of another shape: the addresses of its arguments in this one.
  const own = Object.hasOwn(table, pattern) ? table[pattern] : undefined;
  if (own !== undefined) return addressesOf({ [pattern]: own }, shape).slice(0, 3);
  if (!pattern.endsWith("*")) return nearestNames(pattern, known);
  const parents = known.flatMap((address) => address.split("/").slice(1, -1).map((_, index, parts) => `/${parts.slice(0, index + 1).join("/")}/*`));
  return nearestNames(pattern, [...new Set(parents)]);
}
