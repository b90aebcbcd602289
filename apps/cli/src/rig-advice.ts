import type { RigError } from "@vj/rig/manager";
import { exitCodes } from "./cli-error.ts";

/** The next step after an error of the rig, and the exit code of the program. */
export function adviceOn({ code, hint }: RigError): { hint: string | undefined; exitCode: number } {
  switch (code) {
    case "no_manager":
      return { hint: "start the rig with: vj up", exitCode: exitCodes.noManager };
    case "no_answer":
      return {
        hint: "see its log with: vj logs process_manager; if it keeps hanging, end it by its pid (ps ax | grep 'vj process_manager')",
        exitCode: exitCodes.failed,
      };
    case "bad_answer":
      return { hint: "it may be of another version: end it with vj down, then start the rig with vj up", exitCode: exitCodes.failed };
    case "not_started":
      return { hint: "see the details with: vj logs process_manager", exitCode: exitCodes.failed };
    case "not_ended":
      return { hint: hint ?? "see the state of the rig with: vj status", exitCode: exitCodes.failed };
    case "refused":
    case "unknown_worker":
      return { hint, exitCode: exitCodes.failed };
  }
}
