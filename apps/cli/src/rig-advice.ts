import type { RigError } from "@vj/rig/manager";
import { exitCodes } from "./cli-error.ts";

/** What to do about an error of the rig, and how the program ends. */
export function adviceOn({ code, hint }: RigError): { hint: string | undefined; exitCode: number } {
  switch (code) {
    case "no_manager":
      return { hint: "start the rig with: vj up", exitCode: exitCodes.noManager };
    case "no_answer":
      return {
        hint: "see what it does with: vj logs process_manager; if it hangs for good, end it by its pid (ps ax | grep 'vj process_manager')",
        exitCode: exitCodes.failed,
      };
    case "not_started":
      return { hint: "the whole story: vj logs process_manager", exitCode: exitCodes.failed };
    case "not_ended":
      return { hint: hint ?? "see how it is with: vj status", exitCode: exitCodes.failed };
    case "refused":
    case "unknown_worker":
      return { hint, exitCode: exitCodes.failed };
  }
}
