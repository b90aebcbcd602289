import { hasManager, managerOf } from "@vj/rig";
import { coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import type { View } from "./view.ts";

/** Hints about the rig as a whole, besides {@link healthLines}. @param workers number of workers shown */
export function rigHints({ rig, signs }: View, workers: number): Line[] {
  const hints: Line[] = [];
  if (hasManager(rig) && workers === 0) hints.push(row(dim("The process manager has no workers")));
  for (const problem of rig.managerProblems) hints.push(row(coloured("red", `${signs.bad} ${problem}`)));
  const warnings = managerOf(rig)?.state?.["warnings"];
  for (const warning of Array.isArray(warnings) ? warnings.map(String) : []) hints.push(row(coloured("yellow", `${signs.warn} ${warning}`)));
  return hints;
}
