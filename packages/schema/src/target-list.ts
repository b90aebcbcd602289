import { ContractError, limits } from "@vj/contract";
import { shorten } from "./shorten.ts";
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
    const match = /^(?:\[(?<v6>[^\]]+)\]|(?<host>[^:]+)):(?<port>\d+)$/.exec(part);
    const target = targetSchema.safeParse({
      name: part,
      host: match?.groups?.["v6"] ?? match?.groups?.["host"],
      port: Number(match?.groups?.["port"]),
    });
    if (match === null || !target.success) {
      throw new ContractError("targets", `cannot read the OSC target "${shorten(part, limits.nameCharacters)}": write host:port, for example 127.0.0.1:9000`);
    }
    return target.data;
  });
}
