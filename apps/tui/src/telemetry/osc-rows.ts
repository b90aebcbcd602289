import { oscPattern } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import type { SeenAddress } from "../rig/osc-seen.ts";
import type { TelemetrySnapshot } from "./snapshot.ts";

/** An address with its newest message, from here or from the debugger, whichever is newer. */
export type OscEntry = SeenAddress;

/** A row of the tree: a prefix with what is below it, or an address. */
export type OscRow =
  | { readonly kind: "prefix"; readonly id: string; readonly folded: boolean; readonly addresses: number; readonly rate: number; readonly count: number; readonly changed: boolean; readonly receivedAt: number }
  | { readonly kind: "address"; readonly id: string; readonly entry: OscEntry };

/** All addresses, sorted. Pure. */
export function oscEntries({ entries }: TelemetrySnapshot, { seen = [] }: Pick<RigState, "seen">): OscEntry[] {
  const all = new Map<string, OscEntry>(seen.map((entry) => [entry.address, entry]));
  for (const { message, count, receivedAt, rate, changedFrom } of entries.values()) {
    const { address, tags, args } = message;
    const known = all.get(address);
    // The debugger counts since it runs, which may be long before this program; and it gets all messages, this program only those it draws.
    all.set(address, { address, tags, args, receivedAt, rate: Math.max(rate, known?.rate ?? 0), count: Math.max(count, known?.count ?? 0), changedFrom: changedFrom ?? known?.changedFrom });
  }
  return [...all.values()].sort((one, other) => (one.address < other.address ? -1 : 1));
}

/** Whether an address is wanted: by an OSC pattern that begins with `/`, else by a part of it. A pattern that is not finished wants its beginning. */
export function oscFilter(filter: string): (address: string) => boolean {
  const wanted = filter.trim();
  if (wanted === "") return () => true;
  if (!wanted.startsWith("/")) return (address) => address.toLowerCase().includes(wanted.toLowerCase());
  if (!/[*?[{]/.test(wanted)) return (address) => address.startsWith(wanted);
  try {
    return oscPattern(wanted);
  } catch {
    const beginning = /^[^*?[{]*/.exec(wanted)?.[0] ?? "";
    return (address) => address.startsWith(beginning);
  }
}

/** The first part of an address, `/audio`. */
export function prefixOf(address: string): string {
  return /^\/?[^/]*/.exec(address)?.[0] ?? address;
}

/** The rows of the tree. Pure. @param folded prefixes whose addresses are not shown */
export function oscTree(entries: readonly OscEntry[], folded: ReadonlySet<string>): OscRow[] {
  const groups = new Map<string, OscEntry[]>();
  for (const entry of entries) {
    const prefix = prefixOf(entry.address);
    groups.set(prefix, [...(groups.get(prefix) ?? []), entry]);
  }
  return [...groups].flatMap(([prefix, below]): OscRow[] => {
    const head: OscRow = {
      kind: "prefix",
      id: `${prefix} …`,
      folded: folded.has(prefix),
      addresses: below.length,
      rate: below.reduce((sum, { rate }) => sum + rate, 0),
      count: below.reduce((sum, { count }) => sum + count, 0),
      changed: below.some(({ changedFrom }) => changedFrom !== undefined),
      receivedAt: Math.max(...below.map(({ receivedAt }) => receivedAt)),
    };
    return folded.has(prefix) ? [head] : [head, ...below.map((entry): OscRow => ({ kind: "address", id: entry.address, entry }))];
  });
}
