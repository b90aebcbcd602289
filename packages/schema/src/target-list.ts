import { ContractError, limits } from "@vj/contract";
import { shorten } from "./shorten.ts";
import { readPlace } from "./place.ts";
import { mostTargets, targetSchema } from "./target.ts";
import type { Target } from "@vj/contract";

/**
 * Reads `host:port[,host:port]`, the form of `VJ_OSC_TARGETS`. An IPv6 host stands in brackets.
 * @throws ContractError `targets`, naming the part that cannot be read, or when there are too many.
 */
export function parseTargets(text: string): Target[] {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length > mostTargets) throw new ContractError("targets", `${parts.length} OSC targets are too many: give at most ${mostTargets}`);
  return parts.map((part) => {
    const read = readPlace(part);
    // A long address is too long for a name.
    if (read.ok) return targetSchema.parse({ name: shorten(part, 40), ...read.place });
    throw new ContractError("targets", `cannot read the OSC target "${shorten(part, limits.nameCharacters)}": ${shorten(read.fault, 240)}`);
  });
}
