import { availableParallelism, loadavg } from "node:os";

/** Whether more wants to run than this machine can: then the clock tells about the machine, not about the rig. */
export function isOverloaded(): boolean {
  return (loadavg()[0] ?? 0) > availableParallelism();
}
