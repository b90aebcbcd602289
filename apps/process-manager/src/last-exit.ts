import type { Incarnation } from "@vj/supervisor";
import type { LastExit } from "@vj/worker";

/** Signals by which somebody ends a process from outside. */
const fromOutside = ["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"];

/**
 * What the next process should know of how this one ended, so that it can distinguish a setting that does not work from a kill;
 * undefined when nobody knows, or it was asked to end.
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
