import type { Incarnation } from "@vj/supervisor";
import type { LastExit } from "@vj/worker";

/** Signals that other processes use to end one. */
const fromOutside = ["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"];

/**
 * The reason for which this process ended, for its successor, which must distinguish a setting that does not work from a
 * kill. Undefined when it is unknown, or the process was asked to end.
 */
export function lastExitOf(
  { up, ending }: Pick<Incarnation, "up" | "ending">,
  { code, signal }: { readonly code: number | null; readonly signal: string | null },
): LastExit | undefined {
  if (ending?.by === "hang") return up ? "hung" : "unanswered";
  if (ending !== null) return undefined;
  if (signal !== null) return fromOutside.includes(signal) ? "killed" : "crashed";
  return code === null || code === 0 ? undefined : "crashed";
}
