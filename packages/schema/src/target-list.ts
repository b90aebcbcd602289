import { targetSchema } from "./target.ts";
import type { Target } from "./target.ts";

/**
 * Reads `host:port[,host:port]`, the form of `VJ_OSC_TARGETS`. An IPv6 host stands in brackets.
 * @throws Error naming the part that cannot be read.
 */
export function parseTargets(text: string): Target[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const match = /^(?:\[(?<v6>[^\]]+)\]|(?<host>[^:]+)):(?<port>\d+)$/.exec(part);
      const target = targetSchema.safeParse({
        name: part,
        host: match?.groups?.["v6"] ?? match?.groups?.["host"],
        port: Number(match?.groups?.["port"]),
      });
      if (match === null || !target.success) {
        throw new Error(`cannot read the OSC target "${part}": write host:port, for example 127.0.0.1:9000`);
      }
      return target.data;
    });
}
