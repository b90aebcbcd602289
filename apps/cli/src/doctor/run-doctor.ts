import { untilListed } from "@vj/rig/manager";
import { messageOf } from "@vj/schema";
import { failure } from "./check.ts";
import type { Check, Finding } from "./check.ts";
import { checkInit } from "./check-init.ts";
import { checkSockets, checkWorkers } from "./check-bus.ts";
import { checkSound } from "./check-sound.ts";
import { checkBus, checkFolders, checkNode, checkTerminal } from "./check-system.ts";
import { checkTargetRules } from "./check-target-rules.ts";
import { checkTargets } from "./check-targets.ts";

const checks: readonly Check[] = [
  () => Promise.resolve([checkNode(process.version), checkTerminal(), checkBus()]),
  checkInit,
  checkFolders,
  checkSockets,
  checkWorkers,
  checkTargets,
  checkTargetRules,
  checkSound,
];

/** Runs all checks. A check that itself fails is a finding like any other. */
export async function findAll(): Promise<Finding[]> {
  // A check that fails for the same reason reports it.
  await untilListed().catch(() => []);
  const results = await Promise.all(
    checks.map((check) => check().catch((error: unknown) => [failure("doctor", messageOf(error), "report this with the line above")])),
  );
  return results.flat();
}

/** One finding for a person; the next step is on a separate line. */
export function formatFinding({ level, subject, found, fix }: Finding): string[] {
  return [`${level.padEnd(4)}  ${subject}: ${found}`, ...(fix === undefined ? [] : [`      -> ${fix}`])];
}
