import { shellWord } from "../shell-word.ts";
import { tablesOfRig } from "../targets/rig-tables.ts";
import { readTargetList } from "../targets/target-list.ts";
import { sayUnmatched, sharedAddresses, unmatchedRules } from "../targets/unmatched-rules.ts";
import { warning } from "./check.ts";
import type { Finding } from "./check.ts";

/** Checks that each rule of a target fits an address: a mistyped one leaves a target dark silently. */
export async function checkTargetRules(): Promise<Finding[]> {
  const targets = await readTargetList().then((list) => list.targets, () => undefined);
  // Another check reports a list that cannot be read.
  if (targets === undefined) return [];
  const table = await tablesOfRig();
  return targets.flatMap((target) => [
    ...(target.only?.length === 0 ? [warning(`target ${target.name}`, "only is an empty list: nothing is sent", `send everything again with: vj target set ${shellWord(target.name)} only=null`)] : []),
    ...unmatchedRules(target, table).map((rule) =>
      warning(`target ${target.name}`, sayUnmatched(rule), rule.leftOut
        ? `let the address through, or remove the rule: vj target set ${shellWord(target.name)} …`
        : `correct it with: vj target set ${shellWord(target.name)} ${rule.key}=…; a worker that is off is not known: start it first`)),
    ...sharedAddresses(target, table).map((shared) => warning(`target ${target.name}`, shared, `correct it with: vj target set ${shellWord(target.name)} rename=…`)),
  ]);
}
