import path from "node:path";
import { parseArgs } from "node:util";
import { limits, workerNameSchema } from "@vj/schema";
import { defaultPolicy } from "@vj/supervisor";
import type { Policy } from "@vj/supervisor";
import type { ConfigOverrides } from "@vj/worker";
import { z } from "zod";

const names = z.array(workerNameSchema).max(256).default([]);

/** `process_manager.json`. */
export const managerConfig = z.object({
  retry_failed_sec: z.number().max(86_400).refine((value) => value === 0 || value >= 1, "give 0, or at least 1").default(limits.retryFailedMs / 1000)
    .describe("A failed worker is tried again this often; 0 means never"),
  hang_kill_sec: z.number().min(1).max(3600).default(limits.pingLostMs / 1000)
    .describe("A worker that has not answered for this long is killed and restarted"),
  workers: z.array(z.string().min(1).max(4096)).max(256).default([]).describe("Further worker packages, or folders of them"),
  project: z.string().max(4096).default("").describe("Folder of the package whose direct dependencies may be workers; kept by vj up"),
  enabled: names.describe("Workers to start that are off by default"),
  disabled: names.describe("Workers not to start that are on by default"),
  stopped: names.describe("Workers that were stopped by request; kept by the process manager"),
});
/** The settings of `process_manager`. */
export type ManagerConfig = z.output<typeof managerConfig>;

/** Options from the command line and the environment. */
export interface ManagerOptions {
  /** Start only these automatically. */
  readonly only: readonly string[] | undefined;
  /** The folder of the user's package, to be saved; undefined: the saved one. */
  readonly project: string | undefined;
  readonly overrides: ConfigOverrides;
}

/**
 * Reads `--only a,b`, `--project folder` and `VJ_WORKERS` (packages or folders of packages, separated like `PATH`).
 * @throws TypeError for an unknown option.
 */
export function readOptions(args: string[] = process.argv.slice(2), env: NodeJS.ProcessEnv = process.env): ManagerOptions {
  const { values } = parseArgs({ args, options: { only: { type: "string" }, project: { type: "string" } } });
  const folders = env["VJ_WORKERS"]?.split(path.delimiter).filter((folder) => folder !== "") ?? [];
  return {
    project: values.project === undefined ? undefined : path.resolve(values.project),
    only: values.only?.split(",").filter((name) => name !== ""),
    overrides: folders.length === 0 ? {} : { workers: { value: folders, variable: "VJ_WORKERS" } },
  };
}

/** The contract's policy with the settings applied. @param closing whether the manager itself is stopping. */
export function policyOf(config: ManagerConfig, closing: boolean): Policy {
  const pingLostMs = config.hang_kill_sec * 1000;
  return {
    ...defaultPolicy,
    retryFailedMs: config.retry_failed_sec * 1000,
    pingLostMs,
    pingLateMs: Math.min(limits.pingLateMs, pingLostMs * 0.3),
    // Scale the ping interval with hang_kill_sec, so about ten pings fit.
    pingMs: Math.min(limits.pingMs, pingLostMs * 0.1),
    startMs: Math.max(defaultPolicy.startMs, pingLostMs),
    // A client that stops the manager waits 5 s for it, and the last worker must have ended by then.
    stopMs: closing ? limits.stopMs * 0.6 : limits.stopMs,
  };
}
