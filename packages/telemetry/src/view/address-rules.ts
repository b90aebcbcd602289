import { matchesAddress } from "@vj/contract";
import type { TargetView } from "@vj/contract";

/** Addresses whose result is kept; a worker has some hundred at most. */
const rememberedAddresses = 4096;

/**
 * The address under which a message goes out, or undefined when its receiver does not want it: `only`, then `not`, then the
 * first rename rule that fits, then the prefix.
 */
export function addressRules({ only, not, rename, prefix }: TargetView): (address: string) => string | undefined {
  const results = new Map<string, string | undefined>();
  const apply = (address: string): string | undefined => {
    if (!matchesAddress(address, only) || matchesAddress(address, not)) return undefined;
    return prefix + renamed(address, rename);
  };
  return (address) => {
    if (results.has(address)) return results.get(address);
    const result = apply(address);
    if (results.size < rememberedAddresses) results.set(address, result);
    return result;
  };
}

function renamed(address: string, rules: TargetView["rename"]): string {
  for (const { from, to } of rules) {
    if (from === address) return to;
    // "/a/*" -> "/b/*": everything below keeps its end.
    if (from.endsWith("/*") && address.startsWith(from.slice(0, -1))) return to.slice(0, -1) + address.slice(from.length - 1);
  }
  return address;
}
