import { availableParallelism, loadavg } from "node:os";

/** Whether more wants to run than this machine can: then the clock measures the machine, not the rig. */
export function isOverloaded(): boolean {
  return (loadavg()[0] ?? 0) > availableParallelism();
}
