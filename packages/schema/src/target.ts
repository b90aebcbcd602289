import { z } from "zod";

/** One receiver of telemetry. Unknown keys are refused, because a mistyped key would otherwise be ignored silently. */
export const targetSchema = z.strictObject({
  name: z.string().min(1).max(40),
  host: z.string().min(1).max(255).default("127.0.0.1"),
  port: z.int().min(1).max(65_535),
  enabled: z.boolean().default(true),
});
export type Target = z.infer<typeof targetSchema>;

/** `targets.json`. */
export const targetsFileSchema = z.strictObject({ targets: z.array(targetSchema).max(64) });

/** Targets when none are configured. */
export const defaultTargets: readonly Target[] = [{ name: "default", host: "127.0.0.1", port: 9000, enabled: true }];

/**
 * Reads `host:port[,host:port]`, the form of `VJ_OSC_TARGETS`. An IPv6 host is written in brackets.
 * @throws Error that names the unreadable part.
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
